"""Which box the cursor goes to from another, by where they lie."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgtopo.views.map.drawing import Box, Drawing


class Way(Enum):
    """A direction."""

    UP = (0, -1)
    DOWN = (0, 1)
    LEFT = (-1, 0)
    RIGHT = (1, 0)


def next_box(drawing: Drawing, key: str, way: Way) -> Box | None:
    """The nearest box in a direction, boxes straight ahead first; None where there is none."""
    here = drawing.box(key)
    if here is None:
        return drawing.boxes[0] if drawing.boxes else None
    offers = [
        (_cost(here, one, way), one)
        for one in drawing.boxes
        if one is not here and _lies(here, one, way)
    ]
    return min(offers, key=lambda offer: (offer[0], offer[1].y, offer[1].x))[1] if offers else None


def _lies(here: Box, there: Box, way: Way) -> bool:
    if way is Way.DOWN:
        return there.y >= here.y + here.height
    if way is Way.UP:
        return there.y + there.height <= here.y
    if way is Way.RIGHT:
        return there.x >= here.x + here.width
    return there.x + there.width <= here.x


def _cost(here: Box, there: Box, way: Way) -> int:
    """How far a box is, and how far aside."""
    if way in (Way.UP, Way.DOWN):
        ahead = there.y - here.y if way is Way.DOWN else here.y - there.y
        aside = _gap(here.x, here.width, there.x, there.width)
        return abs(ahead) + 4 * aside
    ahead = there.x - here.x if way is Way.RIGHT else here.x - there.x
    aside = _gap(here.y, here.height, there.y, there.height)
    return abs(ahead) + 4 * aside


def _gap(start: int, length: int, other: int, other_length: int) -> int:
    """Cells between two stretches; none where they overlap."""
    return max(0, other - (start + length) + 1, start - (other + other_length) + 1)


def page(drawing: Drawing, key: str, rows: int) -> Box | None:
    """The box about so many rows further down, or up where they are negative."""
    here = drawing.box(key)
    if here is None or not drawing.boxes:
        return None
    wanted = here.y + rows
    return min(drawing.boxes, key=lambda one: (abs(one.y - wanted), abs(one.x - here.x), one.x))


def ends(drawing: Drawing, *, is_last: bool) -> Box | None:
    """The first or the last box in reading order."""
    if not drawing.boxes:
        return None
    ordered = sorted(drawing.boxes, key=lambda one: (one.y, one.x))
    return ordered[-1 if is_last else 0]
