"""Sets of small numbers as the bits of one integer."""

Mask = int

_FEW = 24


def positions(mask: Mask) -> list[int]:
    """The members of a set, in order."""
    if mask.bit_count() > _FEW:
        return [index for index, digit in enumerate(bin(mask)[:1:-1]) if digit == "1"]
    found: list[int] = []
    while mask:
        bit = mask & -mask
        found.append(bit.bit_length() - 1)
        mask ^= bit
    return found


def first(mask: Mask) -> int:
    """The lowest member of a set."""
    return (mask & -mask).bit_length() - 1
