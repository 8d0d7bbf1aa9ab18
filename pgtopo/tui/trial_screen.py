"""What the changes of a what-if did, over everything else, with what can be done with them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pgtopo.tui.bar import Bar, Chunk
from pgtopo.tui.dialog import Dialog
from pgtopo.tui.keys import DialogKeys
from pgtopo.tui.pane import Pane
from pgtopo.tui.panes.document import Document
from pgtopo.views.lines import Line, Piece, Tone

WISHES = (
    ("p", "keep_patch", "keep patch"),
    ("c", "copy_commands", "copy az"),
    ("s", "keep_commands", "save az"),
    ("z", "undo_change", "undo last"),
    ("x", "leave_trial", "leave what-if"),
)


class TrialScreen(Dialog[str | None]):
    """Gives the name of what is wished, or None."""

    KEYS: ClassVar[DialogKeys] = (("enter", "follow"), ("esc", "back to the copy"))

    DEFAULT_CSS = """
    TrialScreen > Pane { width: 100; max-width: 98%; height: 1fr; background: $surface; }
    TrialScreen > #trial-keys { width: 100; max-width: 98%; background: $panel; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left,W", "wish('')", show=False),
        *(Binding(key, f"wish('{name}')", show=False) for key, name, _ in WISHES),
    ]

    def __init__(self, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        yield Pane(Document(id="trial"), id="trial-pane")
        yield Bar(id="trial-keys")

    def on_mount(self) -> None:
        """Fill both."""
        page = self.query_one("#trial", Document)
        page.show_titled("What if", self._lines)
        page.focus()
        words = [("esc", "", "back"), *WISHES]
        self.query_one("#trial-keys", Bar).show(
            [
                Chunk((Piece(key, Tone.CODE), Piece(f" {word}  ", Tone.DIM)), f"wish('{name}')")
                for key, name, word in words
            ]
        )

    def action_wish(self, name: str) -> None:
        """Close, and say what is wished."""
        self.dismiss(name or None)

    def on_document_left(self, message: Document.Left) -> None:
        """Close."""
        message.stop()
        self.dismiss(None)

    def on_document_followed(self, _message: Document.Followed) -> None:
        """Close: the app goes where the reference leads."""
        self.dismiss(None)
