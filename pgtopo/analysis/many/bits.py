"""Sets of small numbers as the bits of one integer."""

from itertools import compress, count

Mask = int

_FEW = 24
_DIGITS = bytes.maketrans(b"01", b"\x00\x01")


def positions(mask: Mask) -> list[int]:
    """The members of a set, in order."""
    if mask.bit_count() > _FEW:
        return list(compress(count(), bin(mask)[:1:-1].encode().translate(_DIGITS)))
    found: list[int] = []
    while mask:
        bit = mask & -mask
        found.append(bit.bit_length() - 1)
        mask ^= bit
    return found


def first(mask: Mask) -> int:
    """The lowest member of a set."""
    return (mask & -mask).bit_length() - 1
