"""The page beside the triage list: what a symptom means, a cause with its proof, the drill."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pgtopo.analysis.verdict import Verdict
from pgtopo.model.moments import age, before, minute
from pgtopo.triage.causes.cause import Cause, Clue, WhoElse
from pgtopo.triage.diagnosis import Diagnosis
from pgtopo.triage.drill.item import Drill
from pgtopo.triage.history import in_words
from pgtopo.triage.symptoms.classes import SymptomClass
from pgtopo.views import fixing
from pgtopo.views.desk import Desk
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.lines import (
    BLANK,
    Line,
    Piece,
    Tone,
    command,
    line,
    piece,
    title,
    to_resource,
)
from pgtopo.views.map.canvas import Canvas
from pgtopo.views.map.path_drawing import path_drawing
from pgtopo.views.path import SIGNS, verdict_piece
from pgtopo.views.problem_page import value_text
from pgtopo.views.signs import count
from pgtopo.views.triage import hit
from pgtopo.views.triage.incident import Incident
from pgtopo.views.triage.rows import Row, RowKind

_CERTAINTY = {
    "certain": "shown by the data, without assumptions",
    "likely": "shown, resting on an assumption or on pasted output",
    "possible": "possible: nothing that was read decides",
}
DRAWN = 72

_STEPS = (
    "Symptom: paste what the client prints, or pick a class with space.",
    "Client and server: search by name, address or host name.",
    "Causes: each with proof, the command that settles it, and fixes.",
    "Output: paste what a command printed; it moves the causes.",
)


def page(desk: Desk, incident: Incident, row: Row | None, width: int) -> tuple[Line, ...]:
    """The page of a row."""
    if row is None or row.kind is RowKind.HEAD:
        return tuple(_how_to(incident))
    found = incident.found
    if row.kind is RowKind.SYMPTOM:
        return tuple(_symptom(incident))
    if row.kind is RowKind.OUTPUT:
        return tuple(_output(found))
    if found is None or row.kind in (RowKind.CLIENT, RowKind.SERVER, RowKind.SAVE):
        return tuple(_how_to(incident))
    if row.kind is RowKind.DRILL:
        return tuple(_drill(desk, incident.drilled))
    if row.kind is RowKind.CAUSE and row.at < len(found.causes):
        cause = found.causes[row.at]
        trying = fixing.TRYING if cause.is_settled and not incident.is_proved else ()
        return (*_cause(desk, cause), *trying)
    return _found(desk, found, row, width)


def _found(desk: Desk, found: Diagnosis, row: Row, width: int) -> tuple[Line, ...]:
    """The page of something else that was found out."""
    if row.kind is RowKind.PATH and found.path is not None:
        return _drawn(desk, found, width)
    return tuple(_changes(desk, found) if row.kind is RowKind.CHANGES else _open(desk, found))


def _how_to(incident: Incident) -> Iterator[Line]:
    yield title("From a symptom to a cause")
    for number, text in enumerate(_STEPS, 1):
        yield Line((Piece(f"{number}  "), Piece(text)), hang=3)
    yield BLANK
    yield line(Piece("T begins from a cell of Reach, a finding, or what is marked.", Tone.DIM))
    yield line(Piece("ctrl+y copies the command of a line, ctrl+s saves the report.", Tone.DIM))
    found = incident.found
    if found is None:
        return
    yield BLANK
    for note in found.ends.notes:
        yield line(piece(note, Tone.INFO))
    for form in found.ends.forms:
        yield line(Piece("Clients connect by ", Tone.DIM), piece(form.value))


def _symptom(incident: Incident) -> Iterator[Line]:
    symptom = incident.symptom
    if not incident.is_told:
        yield from _how_to(incident)
        yield BLANK
        yield from _classes(symptom.kind)
        return
    yield title(symptom.kind.label)
    if symptom.quote:
        yield line(piece(symptom.quote, Tone.CODE))
        yield BLANK
    yield line(Piece("It means: ", Tone.DIM), piece(symptom.sense.means))
    yield BLANK
    yield line(Piece("It does not mean: ", Tone.DIM), piece(symptom.sense.does_not_mean))
    for heard in symptom.also:
        yield BLANK
        yield line(Piece("Also in the text, and not the cause: ", Tone.DIM), piece(heard.quote))
    yield BLANK
    yield from _classes(symptom.kind)


def _classes(known: SymptomClass) -> Iterator[Line]:
    yield line(Piece("enter pastes an error, space picks a class:", Tone.DIM))
    for kind in SymptomClass:
        tone = Tone.STRONG if kind is known else Tone.PLAIN
        yield Line((Piece(kind.value.ljust(16), Tone.DIM), piece(kind.label, tone)), 2, hang=16)


def _output(found: Diagnosis | None) -> Iterator[Line]:
    yield title("Output of commands")
    yield line("dig, nslookup -debug, nc, Test-NetConnection, psql, az network nic")
    yield line("show-effective-route-table, list-effective-nsg, az network watcher")
    yield line("test-ip-flow and show-next-hop are read.")
    yield BLANK
    for one in found.readings if found is not None else ():
        yield line(piece(f"{one.source}: ", Tone.DIM), piece(one.says))


def _cause(desk: Desk, cause: Cause) -> Iterator[Line]:
    yield line(
        verdict_piece(cause.verdict),
        Piece(f"  {cause.certainty.value}  ", Tone.STRONG),
        Piece(_CERTAINTY[cause.certainty.value], Tone.DIM),
    )
    yield line(piece(cause.text))
    told = f"{cause.code}  {cause.check or ''}".rstrip()
    yield line(Piece(told, Tone.DIM))
    if cause.resource is not None:
        yield Line(
            (Piece("At  ", Tone.DIM), Piece(full_name(desk.topology, cause.resource), Tone.LINK)),
            0,
            to_resource(cause.resource),
        )
    if cause.last_change is not None:
        told = in_words(cause.last_change)
        yield line(Piece("Last change there: ", Tone.DIM), piece(told))
    for head, clues in (("For it", cause.evidence), ("Against it", cause.against)):
        if clues:
            yield BLANK
            yield title(head)
            yield from (_clue(desk, one) for one in clues)
    if cause.next_probe:
        yield BLANK
        yield title("Settle or confirm it with")
        yield command(cause.next_probe)
        if cause.probe_says:
            yield line(piece(cause.probe_says, Tone.DIM))
    yield from fixing.laid_out(desk.topology, cause.fixes)
    if cause.is_settled:
        yield BLANK
        yield title("Who else")
        yield from _who_else(cause.who_else)


def _clue(desk: Desk, clue: Clue) -> Line:
    if clue.resource is None or not clue.property:
        return line(piece(f"• {clue.text}"))
    text = f"• {clue.text} " if clue.text else "• "
    name = full_name(desk.topology, clue.resource)
    return Line(
        (
            piece(text),
            Piece(name, Tone.LINK),
            piece(f": {clue.property} = {value_text(clue.value)}"),
        ),
        0,
        to_resource(clue.resource),
    )


def _who_else(found: WhoElse) -> Iterator[Line]:
    if not found.clients and not found.servers:
        told = hit.nobody(found.networks, has_known_clients=found.has_known_clients)
        yield line(Piece(f"{told[0].upper()}{told[1:]}.", Tone.DIM))
        return
    least = "" if found.is_complete else "at least "
    for number, what, names in (
        (found.clients, "other client subnet", found.client_names),
        (found.servers, "other server", found.server_names),
    ):
        if number:
            yield line(f"{least}{count(number, what)}")
            yield from (line(piece(f"  {name}", Tone.DIM)) for name in names)
    if found.networks:
        yield line(hit.unresolved(found.networks))


def _open(desk: Desk, found: Diagnosis) -> Iterator[Line]:
    yield title("Not checked")
    old = age(desk.topology.created_at, datetime.now(UTC))
    if old:
        yield line(
            piece(f"The data is of {minute(desk.topology.created_at)}: {_ago(old)}.", Tone.DIM)
        )
    for one in found.not_checked:
        yield BLANK
        yield line(piece(one.text))
        if one.settle_with:
            yield command(one.settle_with)


def _ago(old: str) -> str:
    return "just now" if old == "now" else f"{old} ago"


def _changes(desk: Desk, found: Diagnosis) -> Iterator[Line]:
    yield title("What changed on the way, the latest first")
    for one in found.timeline:
        yield BLANK
        name = Piece(name_in(desk.topology, one.target), Tone.LINK)
        since = before(one.time, desk.topology.created_at)
        when = f"{minute(one.time)}{f', {since} before this data' if since else ''}"
        yield Line((name, piece(f"  {when}", Tone.DIM)), 0, to_resource(one.target))
        yield line(piece(in_words(one)), indent=2)


def _drawn(desk: Desk, found: Diagnosis, width: int) -> tuple[Line, ...]:
    if found.path is None:
        return ()
    canvas = Canvas(path_drawing(desk.facts, found.path, width=max(44, min(DRAWN, width))))
    return tuple(Line(tuple(row)) for row in canvas.rows())


def _drill(desk: Desk, drilled: Drill | None) -> Iterator[Line]:
    if drilled is None:
        yield line(Piece("Working it out ...", Tone.DIM))
        return
    for event in drilled.events:
        yield line(verdict_piece(event.verdict), piece(f"  {event.title}", Tone.STRONG))
        for item in event.items:
            sign = SIGNS[item.verdict]
            target = to_resource(item.resource) if item.resource is not None else None
            yield Line((Piece(f"{sign.shown()} ", sign.tone), piece(item.text)), 2, target, hang=2)
            if item.evidence and item.verdict is not Verdict.ALLOWED:
                seen = item.evidence[0]
                where = name_in(desk.topology, seen.resource)
                told = f"{where}: {seen.property} = {value_text(seen.value)}"
                yield line(piece(told, Tone.DIM), indent=4)
            if item.settle_with:
                yield command(item.settle_with, 4)
        yield BLANK
