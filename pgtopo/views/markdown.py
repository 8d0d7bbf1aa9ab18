"""Text from data inside Markdown: nothing in it may format, link or embed."""

import re
from collections.abc import Iterable, Sequence

from pgtopo.views.literal import printable

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def escaped(text: str) -> str:
    """The text as Markdown shows it literally."""
    return _ACTIVE.sub(r"\\\1", printable(text))


def code(text: str) -> str:
    """The text as inline code."""
    clean = printable(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", clean)), default=0) + 1)
    pad = " " if "`" in clean else ""
    return f"{fence}{pad}{clean}{pad}{fence}"


def cell_code(text: str) -> str:
    """Inline code for a table cell."""
    return code(text).replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table whose cells are already escaped."""
    lines = [f"| {' | '.join(header)} |", f"| {' | '.join('---' for _ in header)} |"]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def block(lines: Sequence[str]) -> list[str]:
    """Lines of shell input as a fenced block that none of them can end."""
    clean = [printable(line) for line in lines]
    longest = max((len(run) for line in clean for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}sh", *clean, fence]
