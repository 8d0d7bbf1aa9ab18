"""What the reader's terminal can show: its width, its characters, its colours."""

import os
import sys

from pgtopo.model.digits import whole_number
from pgtopo.views.style import PLAIN, Style

WIDEST = 10_000
"""Columns of the widest terminal that is believed in."""


def style(target: str | None, *, has_full_ids: bool = False) -> Style:
    """How to write text for a target: shortened and coloured only for a person at a terminal."""
    if target is not None and target != "-":
        return PLAIN._replace(has_full_ids=has_full_ids)
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return Style(
        width=_width(is_terminal=is_terminal),
        is_ascii=_is_ascii(),
        has_color=is_terminal and _wants_color(),
        has_full_ids=has_full_ids,
    )


def _width(*, is_terminal: bool) -> int | None:
    stated = os.environ.get("COLUMNS", "")
    columns = whole_number(stated)
    if columns:
        return min(columns, WIDEST)
    if not is_terminal:
        return None
    import shutil

    return shutil.get_terminal_size().columns


def _wants_color() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def _is_ascii() -> bool:
    """Whether the terminal's encoding lacks the signs."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        "✔✖◐▲…".encode(encoding)
    except (UnicodeError, LookupError):
        return True
    return False
