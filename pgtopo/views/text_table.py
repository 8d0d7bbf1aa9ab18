"""A table as text: columns aligned, and shrunk to the reader's width."""

from collections.abc import Sequence

import msgspec

from pgtopo.views.literal import printable
from pgtopo.views.style import Style
from pgtopo.views.width import columns, cut_off, elided, padded

GAP = 2
LEAST_PROSE = 20
"""Sentences give way down to this before any other column does."""
LEAST = 14
"""No column is shrunk below this; rather the last column is left out."""


class Heading(msgspec.Struct, frozen=True):
    """The head of one column."""

    title: str
    is_number: bool = False
    is_prose: bool = False
    """A sentence: shortened at its end, not in its middle."""


def cell(value: object, style: Style) -> str:
    """One value as text: nothing is a dash, lists are joined, long ones counted where narrow."""
    if value is None or value in ("", []):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        texts = [printable(str(one)) for one in value]
        if style.width is not None and len(texts) > 3:
            return f"{', '.join(texts[:2])} +{len(texts) - 2}"
        return ", ".join(texts)
    return printable(str(value))


def table(headings: Sequence[Heading], rows: Sequence[Sequence[object]], style: Style) -> list[str]:
    """The lines of a table, its head first; columns that do not fit are named in a last line."""
    texts = [[cell(value, style) for value in row] for row in rows]
    widths = [
        max([columns(heading.title), *(columns(row[at]) for row in texts)])
        for at, heading in enumerate(headings)
    ]
    shown = _fitted(widths, headings, style.width)
    lines = [_line([h.title for h in headings], headings, shown, style).rstrip()]
    lines = [style.painted(lines[0], "strong")]
    lines += [_line(row, headings, shown, style).rstrip() for row in texts]
    if len(shown) < len(headings):
        left_out = ", ".join(heading.title for heading in headings[len(shown) :])
        lines.append(style.painted(f"(not shown at this width: {left_out})", "quiet"))
    return lines


def _line(
    row: Sequence[str], headings: Sequence[Heading], widths: Sequence[int], style: Style
) -> str:
    cells = (
        padded(_shortened(text, heading, width, style), width, is_right=heading.is_number)
        for text, heading, width in zip(row, headings, widths, strict=False)
    )
    return (" " * GAP).join(cells)


def _shortened(text: str, heading: Heading, width: int, style: Style) -> str:
    cut = cut_off if heading.is_prose else elided
    return cut(text, width, style.dots)


def _fitted(widths: list[int], headings: Sequence[Heading], available: int | None) -> list[int]:
    """Column widths within what is available.

    Sentences shrink first, then the widest columns; what is left over falls away from the right.
    """
    if available is None:
        return list(widths)
    kept = len(widths)
    while kept > 1 and _total([min(width, LEAST) for width in widths[:kept]]) > available:
        kept -= 1
    fitted = list(widths[:kept])
    for at in range(kept):
        excess = _total(fitted) - available
        if headings[at].is_prose and excess > 0:
            fitted[at] -= min(excess, max(fitted[at] - LEAST_PROSE, 0))
    return _shrunk(fitted, available)


def _shrunk(fitted: list[int], available: int) -> list[int]:
    """The widths, the widest made smaller until all fit."""
    excess = _total(fitted) - available
    while excess > 0 and max(fitted) > 1:
        widest = max(fitted)
        second = max((width for width in fitted if width < widest), default=1)
        step = max(1, min(excess, widest - max(second, LEAST if widest > LEAST else 1)))
        fitted[fitted.index(widest)] -= step
        excess -= step
    return fitted


def _total(widths: list[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
