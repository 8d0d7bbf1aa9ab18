"""A table as text: columns aligned, and shrunk to the reader's width."""

from collections.abc import Sequence

import msgspec

from pgtopo.views.literal import printable
from pgtopo.views.style import Style
from pgtopo.views.width import columns, elided, padded

GAP = 2
LEAST = 14
"""No column is shrunk below this; rather the last column is left out."""


class Heading(msgspec.Struct, frozen=True):
    """The head of one column."""

    title: str
    is_number: bool = False


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
    shown = _fitted(widths, style.width)
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
        padded(elided(text, width, style.dots), width, is_right=heading.is_number)
        for text, heading, width in zip(row, headings, widths, strict=False)
    )
    return (" " * GAP).join(cells)


def _fitted(widths: list[int], available: int | None) -> list[int]:
    """Column widths within what is available: the widest shrink first, then the last fall away."""
    if available is None:
        return list(widths)
    kept = len(widths)
    while kept > 1 and _total([min(width, LEAST) for width in widths[:kept]]) > available:
        kept -= 1
    fitted = list(widths[:kept])
    excess = _total(fitted) - available
    while excess > 0 and max(fitted) > 1:
        widest = max(fitted)
        at = fitted.index(widest)
        second = max((width for width in fitted if width < widest), default=1)
        step = max(1, min(excess, widest - max(second, LEAST if widest > LEAST else 1)))
        fitted[at] -= step
        excess -= step
    return fitted


def _total(widths: list[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
