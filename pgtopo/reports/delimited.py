"""Comma-separated values that a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from pgtopo.views.literal import printable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def rows(header: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    """The csv document of a header and its lines."""
    return _written([header]) + lines_only(lines)


def lines_only(lines: Iterable[Sequence[object]]) -> bytes:
    """Lines of a csv document whose header was written before."""
    return _written([field(value) for value in line] for line in lines)


def _written(lines: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(lines)
    return target.getvalue().encode("utf-8", "backslashreplace")


def field(value: object) -> str:
    """One value as csv text; a text that a spreadsheet would take as a formula is quoted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        value = " ".join(field(one) for one in value)
    text = printable(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
