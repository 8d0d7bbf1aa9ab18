"""The list at the left of the triage screen: what was said, the causes, what else there is."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from pgtopo.analysis.servers.host_names import server_fqdn
from pgtopo.model.ids import ArmId, owned_name
from pgtopo.triage.causes.cause import Cause
from pgtopo.views.desk import Desk
from pgtopo.views.labels import telling_name
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import Sign, count
from pgtopo.views.triage.incident import Incident


class RowKind(Enum):
    """What a row is about, and what enter does there."""

    HEAD = "head"
    SYMPTOM = "symptom"
    CLIENT = "client"
    SERVER = "server"
    OUTPUT = "output"
    CAUSE = "cause"
    PATH = "path"
    CHANGES = "changes"
    OPEN = "open"
    DRILL = "drill"
    SAVE = "save"


class Row(NamedTuple):
    """One row."""

    kind: RowKind
    pieces: tuple[Piece, ...]
    at: int = 0
    """Which cause it is."""


_LABEL = 9


def rows(desk: Desk, incident: Incident) -> tuple[Row, ...]:
    """The rows of an incident."""
    return tuple(_rows(desk, incident))


def _rows(desk: Desk, incident: Incident) -> Iterator[Row]:
    yield _head("What is known")
    yield _said(RowKind.SYMPTOM, "Symptom", _symptom(incident), "enter: paste or pick")
    yield _said(RowKind.CLIENT, "Client", _end(desk, _client(incident)), "enter: search")
    yield _said(RowKind.SERVER, "Server", _end(desk, _server(desk, incident)), "enter: search")
    pasted = count(len(incident.case.pastes), "output") if incident.case.pastes else ""
    yield _said(RowKind.OUTPUT, "Output", pasted, "enter: paste output of a command")
    yield from _causes(incident)
    if incident.found is None or not incident.is_ready:
        return
    yield _head("More")
    if incident.found.path is not None:
        yield _plain(RowKind.PATH, "The path, drawn", incident.found.path.verdict)
    if incident.found.timeline:
        changed = len(incident.found.timeline)
        yield Row(RowKind.CHANGES, (Piece(f"  What changed on the way ({changed})"),))
    open_ones = len(incident.found.not_checked)
    yield Row(RowKind.OPEN, (Piece(f"  Not checked ({open_ones})"),))
    if incident.found.ends.server is not None:
        yield Row(RowKind.DRILL, (Piece("  Failover drill of the server"),))
    yield Row(RowKind.SAVE, (Piece("  Save the report (ctrl+s)"),))


def _head(text: str) -> Row:
    return Row(RowKind.HEAD, (Piece(text, Tone.TITLE),))


def _said(kind: RowKind, label: str, text: str, otherwise: str) -> Row:
    lead = Piece(f"  {label.ljust(_LABEL)}", Tone.DIM)
    if text:
        return Row(kind, (lead, Piece(printable(text), Tone.STRONG)))
    return Row(kind, (lead, Piece(otherwise, Tone.INFO)))


def _plain(kind: RowKind, text: str, verdict: object) -> Row:
    sign = next((mark for known, mark in SIGNS.items() if known is verdict), Sign.UNKNOWN)
    return Row(kind, (Piece(f"{sign.shown()} ", sign.tone), Piece(text)))


def _symptom(incident: Incident) -> str:
    return incident.symptom.kind.label if incident.case.error or incident.found else ""


def _client(incident: Incident) -> str:
    found = incident.found.ends.client if incident.found is not None else None
    if incident.case.client or found is None:
        asked = f", DNS {incident.case.client_dns}" if incident.case.client_dns else ""
        return f"{incident.case.client}{asked}"
    return str(found.id) if found.id is not None else ", ".join(found.addresses.cidrs()[:2])


def _server(desk: Desk, incident: Incident) -> str:
    found = incident.found.ends.server if incident.found is not None else None
    if found is not None:
        return server_fqdn(desk.facts, found).partition(".")[0]
    return incident.case.server


def _end(desk: Desk, text: str) -> str:
    return telling_name(desk.topology, ArmId(text)) if text.startswith("/") else text


def _causes(incident: Incident) -> Iterator[Row]:
    if not incident.is_told:
        return
    yield _head("Causes, the likeliest first")
    if not incident.is_ready:
        yield Row(RowKind.HEAD, (Piece("  looking into it ...", Tone.DIM),))
        return
    if incident.trouble:
        yield Row(RowKind.HEAD, (Piece(f"  {printable(incident.trouble)}", Tone.RISK),))
        return
    causes = incident.found.causes if incident.found is not None else ()
    for at, cause in enumerate(causes):
        yield _cause(at, cause)
    if not causes:
        yield Row(RowKind.HEAD, (Piece("  none yet: name both ends", Tone.DIM),))


def _cause(at: int, cause: Cause) -> Row:
    sign = SIGNS[cause.verdict]
    where = printable(owned_name(cause.resource)) if cause.resource is not None else ""
    tone = Tone.STRONG if cause.is_settled else Tone.PLAIN
    pieces = (
        Piece(f"{sign.shown()} ", sign.tone),
        Piece(f"{at + 1} {cause.code}", tone),
        Piece(f"  {where}", Tone.DIM),
    )
    return Row(RowKind.CAUSE, pieces, at)
