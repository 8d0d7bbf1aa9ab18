"""The frame of every pane: a title line and a list below it."""

from textual.app import ComposeResult
from textual.containers import Vertical

from pgtopo.tui.bar import Bar
from pgtopo.tui.line_list import LineList


class Pane(Vertical):
    """A list under its title; the title shows whether the list has focus."""

    DEFAULT_CSS = """
    Pane { width: 1fr; height: 1fr; }
    Pane > .pane-head { background: $panel; color: $foreground; }
    Pane > .pane-tabs { background: $surface; display: none; }
    Pane > .pane-tabs.on { display: block; }
    Pane:focus-within > .pane-head { background: $primary; color: $background; text-style: bold; }
    """

    def __init__(self, body: LineList, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.body = body
        self.head = Bar(classes="pane-head")
        self.tabs = Bar(classes="pane-tabs")

    def compose(self) -> ComposeResult:
        """Title and list."""
        yield self.head
        yield self.tabs
        yield self.body

    def on_line_list_headed(self, message: LineList.Headed) -> None:
        """The list has a new title."""
        message.stop()
        self.head.show(message.left, message.right)
        self.tabs.set_class(bool(message.tabs), "on")
        self.tabs.show(message.tabs)
