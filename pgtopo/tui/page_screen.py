"""A page of lines over everything else."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pgtopo.tui.dialog import Dialog
from pgtopo.tui.keys import DialogKeys
from pgtopo.tui.pane import Pane
from pgtopo.tui.panes.document import Document
from pgtopo.views.lines import Line


class PageScreen(Dialog[None]):
    """One page with a title; the usual keys close it."""

    KEYS: ClassVar[DialogKeys] = (("enter", "follow"), ("esc", "close"))

    DEFAULT_CSS = """
    PageScreen > Pane { width: 76; max-width: 96%; height: 90%; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,h,left", "leave", show=False),
    ]

    def __init__(self, title: str, lines: tuple[Line, ...]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The page."""
        yield Pane(Document(id="page"), id="page-pane")

    def on_mount(self) -> None:
        """Fill the page."""
        page = self.query_one("#page", Document)
        page.show_titled(self._title, self._lines)
        page.focus()

    def action_leave(self) -> None:
        """Close the page."""
        self.dismiss()

    def on_document_left(self, message: Document.Left) -> None:
        """Close the page."""
        message.stop()
        self.dismiss()

    def on_document_followed(self, _message: Document.Followed) -> None:
        """Close: the app goes where the reference leads."""
        self.dismiss(None)
