"""How much the boxes of a map say."""

from enum import IntEnum


class Scale(IntEnum):
    """How much a box says."""

    FAR = 0
    """Names and numbers."""
    MIDDLE = 1
    """Servers by name, the worst with their finding."""
    CLOSE = 2
    """Every fault with its finding, and the subnets."""

    @property
    def next(self) -> "Scale":
        """The next one, round and round."""
        return Scale((self + 1) % len(Scale))
