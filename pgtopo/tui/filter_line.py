"""The line a filter is typed into."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterLine(Input):
    """One line; every letter filters at once, enter keeps the filter, escape drops it."""

    DEFAULT_CSS = """
    FilterLine { height: 1; border: none; padding: 0 1; background: $boost; }
    FilterLine:focus { border: none; background-tint: $foreground 0%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", show=False),
        Binding("down,up,tab", "keep", show=False, priority=True),
    ]

    class Kept(Message):
        """The filter stays, the list gets the keys again."""

    class Dropped(Message):
        """The filter goes."""

    def __init__(self, text: str) -> None:
        super().__init__(
            text,
            placeholder="words   !not   ~fuzzy   key:value   (enter keeps, esc drops)",
            compact=True,
            id="filter",
        )

    def action_keep(self) -> None:
        """Go back to the list."""
        self.post_message(self.Kept())

    def action_drop(self) -> None:
        """Drop the filter."""
        self.post_message(self.Dropped())


class ClientLine(Input):
    """One line for the client of a path; enter takes it, escape leaves things as they are."""

    DEFAULT_CSS = """
    ClientLine { height: 1; border: none; padding: 0 1; background: $boost; }
    ClientLine:focus { border: none; background-tint: $foreground 0%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "drop", show=False)]

    class Dropped(Message):
        """Nothing was typed after all."""

    def __init__(self, text: str) -> None:
        super().__init__(
            text,
            placeholder="client: name, 10.1.2.4, 10.1.2.0/24, onprem:10.9.0.0/16, internet",
            compact=True,
            id="client",
        )

    def action_drop(self) -> None:
        """Leave the line."""
        self.post_message(self.Dropped())
