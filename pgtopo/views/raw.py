"""The row of a resource as it was read, laid out for reading."""

import json

from pgtopo.errors import PgtopoError
from pgtopo.model.ids import ArmId, fold
from pgtopo.views.desk import Desk
from pgtopo.views.lines import Line, Piece, Tone, piece, to_resource
from pgtopo.views.overview.writing import Page

MOST = 5_000
"""Lines shown of one row."""


def row(desk: Desk, arm_id: ArmId) -> tuple[Line, ...]:
    """The row of a resource, or why there is none; secrets are not in it.

    It reads from the file, so it is called outside the thread that paints.
    """
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
    try:
        value = desk.raw(held.origin)
    except PgtopoError as error:
        page.say(error.message, Tone.RISK)
        page.say(error.hint, Tone.DIM)
        return page.done()
    return laid_out(value, desk)


def laid_out(value: object, desk: Desk) -> tuple[Line, ...]:
    """A JSON value with two columns per level; ids lead to their resources."""
    every = json.dumps(value, indent=2, ensure_ascii=False, default=str).split("\n")
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
    arm_id = fold(value.rstrip(",").strip('"').rstrip("/"))
    return arm_id if arm_id.startswith("/subscriptions/") and desk.topology.find(arm_id) else None
