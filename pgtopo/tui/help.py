"""The help screen: what the keys do where the focus was, and how filters are written."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from pgtopo.tui.keys import Where, of, shown
from pgtopo.tui.pane import Pane
from pgtopo.tui.panes.document import Document
from pgtopo.views.filter import KEYS
from pgtopo.views.lines import BLANK, Line, Piece, Tone, title

_WIDTH = 18

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


class HelpScreen(ModalScreen[None]):
    """Help over everything else."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen > Pane { width: 76; max-width: 96%; height: 90%;
        background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,h,left", "leave", show=False),
    ]

    def __init__(self, where: Where) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        """The page."""
        yield Pane(Document(id="help"), id="help-pane")

    def on_mount(self) -> None:
        """Fill the page."""
        page = self.query_one("#help", Document)
        page.show_titled("Help   esc closes", help_lines(self._where))
        page.focus()

    def action_leave(self) -> None:
        """Close the help."""
        self.dismiss()

    def on_document_left(self, message: Document.Left) -> None:
        """Close the help."""
        message.stop()
        self.dismiss()
