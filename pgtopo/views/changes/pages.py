"""The page about one change, and the one about all of them together."""

from collections.abc import Iterable, Iterator

from pgtopo.analysis.codes import CODES
from pgtopo.checks.comparison import Comparison, Turn
from pgtopo.checks.finding import Finding
from pgtopo.model.base import Resource
from pgtopo.model.differences import PropertyChange, property_changes
from pgtopo.model.history import Change
from pgtopo.model.ids import ArmId, is_within, name_of
from pgtopo.model.moments import minute
from pgtopo.model.topology import Topology
from pgtopo.triage.history import in_words
from pgtopo.views.changes.rows import Row, RowKind, of_comparison
from pgtopo.views.desk import Desk
from pgtopo.views.kinds import word_of
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.lines import (
    BLANK,
    Line,
    Piece,
    Tone,
    line,
    piece,
    title,
    to_problem,
    to_resource,
)
from pgtopo.views.literal import printable
from pgtopo.views.overview import overview
from pgtopo.views.path import verdict_piece
from pgtopo.views.problem_page import value_text
from pgtopo.views.signs import count
from pgtopo.views.source import gaps

MOST = 200
"""Clients and changes listed."""


def moment(topology: Topology) -> str:
    """When a look was taken, as far as it says."""
    return printable(minute(topology.created_at)) if topology.created_at else "an unknown time"


def summary(found: Comparison, names: tuple[str, str]) -> Iterator[Line]:
    """What was compared, and how much is different; `names` are those of the files."""
    before, after = found.before.topology, found.after.topology
    yield title("What was compared")
    for word, topology, name in (("from  ", before, names[0]), ("to    ", after, names[1])):
        shown = (piece(word, Tone.DIM), piece(f"{moment(topology)}  {name}"))
        yield Line(shown, hang=len(word))
    yield BLANK
    told = [heading for heading, rows in of_comparison(found) if rows]
    yield title("What is different")
    yield from (line(heading, indent=2) for heading in told)
    if not told:
        yield line(Piece("Nothing: no resource, verdict or finding differs.", Tone.GOOD))
    yield from _not_compared(found)


def _not_compared(found: Comparison) -> Iterator[Line]:
    told = []
    if found.pairs_beside:
        pairs = count(found.pairs_beside, "pair")
        told.append(f"{pairs} with a subnet or server that is new or gone: no verdict turned.")
    resources = found.resources
    if resources.learned:
        told.append(
            f"{count(resources.learned, 'resource')} of the later data: the earlier could not say."
        )
    if resources.forgotten:
        told.append(
            f"{count(resources.forgotten, 'resource')} of the earlier data: the later cannot say."
        )
    for word, facts in (("earlier", found.before), ("later", found.after)):
        told += [
            f"The {word} data lacks {', '.join(gap.kinds[:3])} in {gap.place}."
            for gap in gaps(facts.topology)[:3]
        ]
    if told:
        yield BLANK
        yield title("What could not be compared")
        yield from (line(piece(text, Tone.UNKNOWN), indent=2) for text in told)


def turned(found: Comparison, turn: Turn, changes: Iterable[Row]) -> Iterator[Line]:
    """The two verdicts with their reasons, what changed on the way, and whom it concerns."""
    after = found.after.topology
    yield Line(
        (
            verdict_piece(turn.before),
            Piece("  →  ", Tone.DIM),
            verdict_piece(turn.after),
            piece(f"  for {count(len(turn.clients), 'client subnet')}"),
        )
    )
    for word, code in (("before", turn.was), ("now", turn.code)):
        text = CODES.get(code, "")
        yield line(piece(f"{word:<8}", Tone.DIM), piece(f"{code}  "), piece(text, Tone.DIM))
    yield BLANK
    yield title("What changed on the path of the first")
    seen = False
    for row in changes:
        seen = True
        yield Line((piece(f"{row.name}  ", Tone.LINK), piece(row.note)), 2, to_resource(row.id))
    if not seen:
        yield line(
            Piece("Nothing that has a part in it: the cause lies in what was read.", Tone.DIM),
            indent=2,
        )
    yield BLANK
    yield title("Clients (t traces the first)")
    for client in turn.clients[:MOST]:
        name = Piece(full_name(after, client), Tone.LINK)
        yield Line((name,), 2, to_resource(client))
    if len(turn.clients) > MOST:
        yield line(Piece(f"and {len(turn.clients) - MOST:,} more", Tone.DIM), indent=2)
    yield BLANK
    yield Line((Piece(name_in(after, turn.server), Tone.LINK),), 0, to_resource(turn.server))


def resource(
    desk: Desk, row: Row, was: Resource | None, now: Resource | None, found: Comparison
) -> Iterator[Line]:
    """What is different about a resource, and what was found about it since."""
    one = now or was
    if one is None:
        return
    words = {RowKind.NEW: "New", RowKind.REMOVED: "Gone", RowKind.CHANGED: "Changed"}
    word = word_of(type(one).KIND)
    yield line(piece(f"{words.get(row.kind, 'Changed')}: ", Tone.STRONG), f"{word} {row.name}")
    target = to_resource(one.id) if desk.topology.find(one.id) is not None else None
    tone = Tone.LINK if target is not None else Tone.GHOST
    look = found.after if now is not None else found.before
    yield Line((piece(look.topology.display(one.id), tone),), 0, target)
    if was is None or now is None:
        yield BLANK
        yield from overview(look.topology, one.id)
    else:
        yield BLANK
        yield title("Property, as it was and as it is")
        for change in property_changes(was, now):
            yield from _property(change)
    yield from _about(found, one.id)
    yield from history(desk, one.id)


def _property(change: PropertyChange) -> Iterator[Line]:
    yield line(piece(change.property.replace("_", " "), Tone.STRONG), indent=2)
    sides = (("-", change.old, change.new, Tone.BAD), ("+", change.new, change.old, Tone.GOOD))
    for mark, value, other, tone in sides:
        for text in _values(value, other):
            yield Line((piece(f"{mark} ", tone), piece(text)), 4, None, "", 2)


def _values(value: object, other: object) -> list[str]:
    """The value as texts; of a list only what the other one does not have."""
    if value is None:
        return []
    if isinstance(value, list) and isinstance(other, list):
        return [_text(one) for one in value if one not in other]
    return [_text(value)]


def _text(value: object) -> str:
    """One value; of an id, the name it ends in."""
    if isinstance(value, str) and value.startswith("/subscriptions/"):
        return name_of(value)
    if isinstance(value, dict):
        if list(value) == ["id"]:
            return _text(value["id"])
        return ", ".join(f"{_spaced(key)} {_text(held)}" for key, held in value.items())
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return value_text(value)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _about(found: Comparison, arm_id: ArmId) -> Iterator[Line]:
    came = [one for one in found.came if arm_id in (one.subject, one.cause, *one.related)]
    gone = [one for one in found.gone if arm_id in (one.subject, one.cause, *one.related)]
    for text, some, tone in (
        ("Findings that came with it", came, Tone.BAD),
        ("Findings that went with it", gone, Tone.GOOD),
    ):
        if some:
            yield BLANK
            yield title(text)
        for one in some[:MOST]:
            target = to_problem(one.key) if text.endswith("came with it") else None
            yield Line((piece(f"{one.check} ", tone), piece(one.message)), 2, target, "", 2)


def gone(found: Comparison, one: Finding, *, is_sure: bool = True) -> Iterator[Line]:
    """A finding that is not there any more, or of which the later data cannot say."""
    later = found.after.topology
    word = piece("Gone: ", Tone.GOOD) if is_sure else piece("Not known: ", Tone.UNKNOWN)
    yield line(word, piece(f"{one.check} {one.slug}", Tone.STRONG))
    yield line(piece(one.message))
    yield BLANK
    if not is_sure:
        text = "It was there; of the later data the check cannot say whether it still is."
        yield line(piece(text, Tone.UNKNOWN))
        yield BLANK
    if later.find(one.subject) is None:
        text = "What it was about is not in the later data."
        yield line(piece(text, Tone.UNKNOWN))
    else:
        name = Piece(full_name(later, one.subject), Tone.LINK)
        yield Line((name,), 0, to_resource(one.subject))


def event(desk: Desk, one: Change) -> Iterator[Line]:
    """One change as Azure tells it."""
    target = to_resource(one.target) if desk.topology.find(one.target) is not None else None
    name = piece(full_name(desk.topology, one.target), Tone.LINK if target else Tone.GHOST)
    yield Line((name,), 0, target)
    yield line(piece(in_words(one)))
    if one.operation:
        yield line(piece("operation  ", Tone.DIM), one.operation)
    if one.properties:
        yield BLANK
        yield title("Properties")
        yield from (line(text, indent=2) for text in one.properties)


def history(desk: Desk, arm_id: ArmId) -> Iterator[Line]:
    """What Azure's change history says of a resource, the latest first."""
    by_target = desk.topology.index("changes by target", Change, lambda one: (one.target,))
    found = sorted(by_target.get(arm_id, ()), key=lambda one: one.time, reverse=True)
    if found:
        yield BLANK
        yield title("Azure's change history")
    for one in found[:MOST]:
        yield line(piece(in_words(one)), indent=2)


def came(desk: Desk, found: Comparison, one: Finding) -> Iterator[Line]:
    """A finding that was not there before, or not as grave."""
    later = found.after.topology
    yield line(piece("Came: ", Tone.BAD), piece(f"{one.check} {one.slug}", Tone.STRONG))
    yield line(piece(one.message))
    yield BLANK
    if one.key in found.first_known:
        text = "Of the earlier data the check could not say whether it was there."
        yield line(piece(text, Tone.UNKNOWN))
    target = to_problem(one.key) if desk.problems.get(one.key) is not None else None
    yield Line((piece("The finding, with evidence and fix", Tone.LINK),), 0, target)
    name = Piece(full_name(later, one.subject), Tone.LINK)
    yield Line((name,), 0, to_resource(one.subject))
    resources = found.resources
    told = {
        **{held.id: "new" for held in resources.added},
        **{held.id: "gone" for held in resources.removed},
        **{now.id: "changed" for _, now in resources.changed},
    }
    about = [held for held in (one.subject, one.cause, *one.related) if held in told]
    if about:
        yield BLANK
        yield title("What changed about it")
    for held in dict.fromkeys(about):
        name = Piece(full_name(later, held), Tone.LINK)
        yield Line((name, piece(f"  {told[held]}", Tone.DIM)), 2, to_resource(held))
        was, now = found.before.topology.find(held), later.find(held)
        if was is not None and now is not None:
            for change in property_changes(was, now):
                yield from _property(change)


def about(desk: Desk, found: Comparison, arm_id: ArmId) -> Iterator[Line]:
    """What is different about a thing and about what belongs to it."""
    before, after = found.before.topology, found.after.topology
    yield line(piece(f"{moment(before)} → {moment(after)}", Tone.DIM))
    yield BLANK
    told = {
        **{one.id: (RowKind.NEW, None, one) for one in found.resources.added},
        **{one.id: (RowKind.REMOVED, one, None) for one in found.resources.removed},
        **{now.id: (RowKind.CHANGED, was, now) for was, now in found.resources.changed},
    }
    if arm_id in told:
        kind, was, now = told[arm_id]
        row = Row(kind, full_name(after if now is not None else before, arm_id), id=arm_id)
        yield from resource(desk, row, was, now, found)
    else:
        yield line(Piece("Nothing about it is different.", Tone.GOOD))
        yield from history(desk, arm_id)
    inside = [one for one in told if one != arm_id and is_within(one, arm_id)]
    if inside:
        yield BLANK
        yield title("What belongs to it")
    for one in inside[:MOST]:
        kind, was, now = told[one]
        name = full_name(after if now is not None else before, one)
        note = f"  {kind.value}"
        target = to_resource(one) if desk.topology.find(one) is not None else None
        yield Line((piece(name, Tone.LINK), piece(note, Tone.DIM)), 2, target)
    if len(inside) > MOST:
        yield line(Piece(f"and {len(inside) - MOST:,} more", Tone.DIM), indent=2)
