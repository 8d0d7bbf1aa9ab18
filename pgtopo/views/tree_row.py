"""One row of the estate tree as it is painted."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from pgtopo.views.signs import NOTHING, Sign, Tally

if TYPE_CHECKING:
    from pgtopo.views.labels import Label


class Fold(Enum):
    """Whether a row has rows below it, and shows them."""

    LEAF = "leaf"
    OPEN = "open"
    CLOSED = "closed"


class TreeRow(NamedTuple):
    """One row of the tree."""

    depth: int
    fold: Fold
    sign: Sign
    label: Label
    tally: Tally = NOTHING
    is_hit: bool = False
