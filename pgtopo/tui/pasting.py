"""A field over everything else that takes a pasted text of many lines."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from pgtopo.tui.bar import Bar, chunk
from pgtopo.tui.dialog import Dialog
from pgtopo.tui.keys import DialogKeys
from pgtopo.views.lines import Tone


class PasteScreen(Dialog[str | None]):
    """Gives the text that was pasted, or None."""

    KEYS: ClassVar[DialogKeys] = (("ctrl+s", "take"), ("esc", "leave"))

    DEFAULT_CSS = """
    PasteScreen > Vertical { width: 100; max-width: 96%; height: 60%; background: $surface; }
    PasteScreen TextArea { height: 1fr; scrollbar-size: 0 0; }
    PasteScreen TextArea, PasteScreen TextArea:focus { border: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s", "take", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Title and field."""
        with Vertical():
            yield Bar(id="paste-head")
            yield TextArea(
                self._text,
                soft_wrap=True,
                show_line_numbers=False,
                placeholder="Paste all of it here: lines that say nothing do no harm.",
            )

    def on_mount(self) -> None:
        """Say how to leave, and give the field the keys."""
        head = self.query_one("#paste-head", Bar)
        head.show([chunk(self._title, Tone.STRONG)], [chunk("ctrl+s takes it")])
        field = self.query_one(TextArea)
        field.move_cursor(field.document.end)
        field.focus()

    def action_take(self) -> None:
        """Take the text."""
        self.dismiss(self.query_one(TextArea).text)

    def action_leave(self) -> None:
        """Take nothing."""
        self.dismiss(None)
