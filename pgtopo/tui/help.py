"""The help screen: what the keys do where the focus was, and how filters are written."""

from pgtopo.tui.keys import Where, of, shown
from pgtopo.tui.page_screen import PageScreen
from pgtopo.views.filter import KEYS
from pgtopo.views.lines import BLANK, Line, Piece, Tone, title

_WIDTH = 20

_SIGNS = (
    ("✖", Tone.BAD, "error: something is blocked or will break"),
    ("◐", Tone.MIXED, "mixed: some clients can, some cannot"),
    ("▲", Tone.RISK, "warning: it works, but at risk"),
    ("?", Tone.UNKNOWN, "unknown: the data does not tell"),
    ("✔", Tone.GOOD, "fine, as far as the checks go"),
)


def help_lines(where: Where) -> tuple[Line, ...]:
    """The help for what has focus, then for everything else."""
    lines: list[Line] = []
    for place in dict.fromkeys((where, Where.LIST, Where.ANYWHERE)):
        lines += [title(place.value)]
        lines += [_entry(", ".join(map(shown, a.keys)), a.text) for a in of(place)]
        lines.append(BLANK)
    lines.append(title("Filter, opened with /"))
    lines += [
        _entry("psql hub", "rows with both words"),
        _entry("!dev", "rows without the word"),
        _entry("~psord", "letters in this order, with anything between"),
    ]
    lines += [_entry(f"{key}:", text) for key, text in KEYS.items()]
    lines += [BLANK, title("Signs")]
    lines += [Line((Piece(f"{glyph}  ", tone), Piece(text))) for glyph, tone, text in _SIGNS]
    return tuple(lines)


def _entry(keys: str, text: str) -> Line:
    shown_keys = (Piece(f"{keys:<{_WIDTH}}", Tone.CODE), Piece(text))
    return Line(shown_keys, 0, None, "", _WIDTH)


class HelpScreen(PageScreen):
    """Help over everything else."""

    def __init__(self, where: Where) -> None:
        super().__init__("Help", help_lines(where))
