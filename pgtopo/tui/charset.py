"""Plain twins of every drawn character, for terminals without UTF-8."""

import os
import sys
from functools import cache

_TWINS = {
    "✔": "+",
    "✖": "x",
    "◐": "~",
    "▲": "!",
    "·": "-",
    "▸": ">",
    "▾": "v",
    "◌": "o",
    "│": "|",
    "▐": "|",
    "─": "-",
    "█": "#",
    "▓": "%",
    "▒": "=",
    "░": ".",
    "…": "~",
    "↑": "^",
    "↓": "v",
    "›": ">",
    "‹": "<",
    "→": ">",
    "▌": "|",
}
"""By drawn character, beside those that maps are drawn with."""

_BARE_TERMINALS = ("dumb", "linux", "vt100", "vt220")


@cache
def _table() -> dict[int, str]:
    from pgtopo.views.map.plain import TWINS

    return str.maketrans({**TWINS, **_TWINS})


def plain(text: str) -> str:
    """The text in ASCII: drawn characters by their twins, any other as a question mark."""
    if text.isascii():
        return text
    return text.translate(_table()).encode("ascii", "replace").decode("ascii")


def lacks_glyphs() -> bool:
    """Whether the terminal cannot be trusted to show more than ASCII."""
    encoding = (getattr(sys.__stdout__, "encoding", "") or "").lower().replace("-", "")
    if encoding and encoding != "utf8":
        return True
    return os.environ.get("TERM", "") in _BARE_TERMINALS
