"""How many terminal columns a text takes, and how it is made to fit."""

import unicodedata


def columns(text: str) -> int:
    """The terminal columns of a text without control characters."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(one) for one in text)


def _columns_of(one: str) -> int:
    if unicodedata.combining(one):
        return 0
    return 2 if unicodedata.east_asian_width(one) in "WF" else 1


def elided(text: str, width: int, dots: str = "…") -> str:
    """The text, shortened in the middle to a width: names and ids differ at both ends."""
    if columns(text) <= width:
        return text
    if width <= len(dots):
        return _head(text, width)
    keep = width - len(dots)
    tail = _tail(text, keep // 2)
    return _head(text, keep - columns(tail)) + dots + tail


def cut_off(text: str, width: int, dots: str = "…") -> str:
    """The text, shortened at its end to a width: sentences are read from their beginning."""
    if columns(text) <= width:
        return text
    if width <= len(dots):
        return _head(text, width)
    return _head(text, width - len(dots)) + dots


def padded(text: str, width: int, *, is_right: bool = False) -> str:
    """The text filled with blanks to a width."""
    blanks = " " * max(0, width - columns(text))
    return blanks + text if is_right else text + blanks


def _head(text: str, width: int) -> str:
    taken = 0
    for at, one in enumerate(text):
        taken += _columns_of(one)
        if taken > width:
            return text[:at]
    return text


def _tail(text: str, width: int) -> str:
    taken = 0
    for at in range(len(text) - 1, -1, -1):
        taken += _columns_of(text[at])
        if taken > width:
            return text[at + 1 :]
    return text
