"""The row of a resource as it was read, laid out for reading."""

import msgspec

from pgtopo.model.ids import ArmId
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Line, Piece, Tone, piece, to_resource
from pgtopo.views.overview.writing import Page

MOST = 5_000
"""Lines shown of one row."""


def row(desk: Desk, arm_id: ArmId) -> tuple[Line, ...]:
    """The row of a resource, or why there is none; secrets are not in it."""
    page = Page(desk.topology)
    held = desk.topology.find(arm_id)
    if held is None:
        page.why_absent(arm_id)
        return page.done()
    if held.origin is None or desk.raw is None:
        page.say("It has no row of its own here: it stands inside its parent's.", Tone.DIM)
        parent = ArmId(arm_id.rsplit("/", 2)[0])
        if desk.topology.find(parent) is not None:
            page.ref("Parent", parent)
        return page.done()
    text = desk.raw(held.origin)
    return laid_out(text, desk)


def laid_out(text: bytes, desk: Desk) -> tuple[Line, ...]:
    """JSON text with two columns per level; ids lead to their resources."""
    try:
        shown = msgspec.json.format(text, indent=2).decode("utf-8", "replace")
    except msgspec.MsgspecError:
        shown = text.decode("utf-8", "replace")
    every = shown.split("\n")
    lines = [_line(one, desk) for one in every[:MOST]]
    if len(every) > MOST:
        lines.append(Line((Piece(f"and {len(every) - MOST:,} more lines", Tone.DIM),)))
    return tuple(lines)


def _line(text: str, desk: Desk) -> Line:
    body = text.lstrip(" ")
    indent = len(text) - len(body)
    key, colon, value = body.partition('": ')
    if not (colon and key.startswith('"')):
        key, colon, value = "", "", body
    pieces = []
    if colon:
        pieces.append(piece(f'{key}": ', Tone.DIM))
    found = _resource(value, desk)
    if found is not None:
        pieces.append(piece(value, Tone.LINK))
        return Line(tuple(pieces), indent, to_resource(found), "", 2)
    pieces.append(piece(value))
    return Line(tuple(pieces), indent, None, "", 2)


def _resource(value: str, desk: Desk) -> ArmId | None:
    text = value.rstrip(",").strip('"')
    if not text.startswith("/subscriptions/"):
        return None
    arm_id = ArmId(text.lower().rstrip("/"))
    return arm_id if name_in(desk.topology, arm_id) and desk.topology.find(arm_id) else None
