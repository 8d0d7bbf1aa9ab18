"""`doctor` for people."""

from collections.abc import Sequence

from pgtopo import __version__
from pgtopo.reports.doctor.item import Item, Section, State
from pgtopo.reports.prose import paragraph
from pgtopo.views import glyphs
from pgtopo.views.style import Style

FORMAT = "text"

_SIGNS = {
    State.ERROR: glyphs.BLOCKED,
    State.WARNING: glyphs.RISK,
    State.OK: glyphs.OPEN,
    State.NOTE: glyphs.NOTE,
}
_NAME = 13


def render(sections: Sequence[Section], style: Style) -> bytes:
    """One block per section, one line per item and its hint below it."""
    lines = [f"pgtopo {__version__}"]
    for section in sections:
        lines += ["", style.painted(section.name, "strong")]
        for item in section.items:
            lines += _item(item, style)
    return ("\n".join(lines) + "\n").encode()


def _item(item: Item, style: Style) -> list[str]:
    indent = " " * (_NAME + 5)
    sign = _SIGNS[item.state].shown(is_ascii=style.is_ascii)
    first = f"  {sign} {item.name:<{_NAME}} "
    found = paragraph(item.text, style, indent, first)
    painted = style.sign(_SIGNS[item.state])
    found[0] = found[0].replace(sign, painted, 1)
    return found + (paragraph(item.hint, style, indent) if item.hint else [])
