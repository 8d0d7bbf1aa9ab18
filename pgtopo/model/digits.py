"""Whole numbers in texts from outside."""

_LONGEST = 18
"""Longer ones are no port, width, length or place; Python refuses those beyond 4300 digits."""


def whole_number(text: str) -> int | None:
    """The number a text of ASCII digits states; None for any other text, and for absurd lengths."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST
    return int(text) if is_number else None
