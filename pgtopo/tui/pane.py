"""The frame of every pane: a title line and a list below it."""

from textual.app import ComposeResult
from textual.containers import Vertical

from pgtopo.tui.bar import Bar
from pgtopo.tui.line_list import Head, LineList


class Pane(Vertical):
    """A list under its title; the title shows whether the list has focus."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; }
    Pane > .pane-head { background: $panel; color: $foreground; }
    Pane > .pane-tabs { background: $surface; display: none; }
    Pane > .pane-tabs.on { display: block; }
    Pane > .pane-head.lit { background: $primary; color: auto; text-style: bold; }
    Pane > .pane-head.bare { display: none; }
    """

    def __init__(self, body: LineList, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.body = body
        body.show_head = self._show_head
        self.head = Bar(classes="pane-head bare")
        self.tabs = Bar(classes="pane-tabs")

    def compose(self) -> ComposeResult:
        """Title and list."""
        yield self.head
        yield self.tabs
        yield self.body

    def on_descendant_focus(self) -> None:
        """Light the title up."""
        self.head.add_class("lit")

    def on_descendant_blur(self) -> None:
        """Put the title's light out."""
        self.head.remove_class("lit")

    def _show_head(self, head: Head) -> None:
        self.head.set_class(not head.left and not head.right, "bare")
        self.head.show(head.left, head.right)
        self.tabs.set_class(bool(head.tabs), "on")
        self.tabs.show(head.tabs)
