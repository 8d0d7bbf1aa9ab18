"""A line that asks one thing and hands the answer on."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from pgtopo.views.literal import printable


class AskLine(Input):
    """One question; enter hands the answer on, escape leaves things as they are."""

    DEFAULT_CSS = """
    AskLine { height: 1; border: none; padding: 0 1; background: $boost; }
    AskLine:focus { border: none; background-tint: $foreground 0%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "drop", show=False)]

    class Dropped(Message):
        """Nothing was answered after all."""

    def __init__(self, question: str, value: str, take: Callable[[str], None]) -> None:
        super().__init__(printable(value), placeholder=printable(question), compact=True)
        self.question = question
        self.take = take

    def action_drop(self) -> None:
        """Leave the line."""
        self.post_message(self.Dropped())
