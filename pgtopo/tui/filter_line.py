"""The lines something is typed into; they are always there, and show only while they are asked."""

from collections.abc import Callable
from typing import ClassVar, NamedTuple, Self

from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from pgtopo.tui.keys import Where
from pgtopo.views.literal import printable


class TypedLine(Input):
    """One line that shows while it has the keys.

    It is never made anew: keys pressed right after the one that opens it must find it there.
    """

    PLACE: ClassVar[Where] = Where.ASKED
    """Which keys work here."""

    DEFAULT_CSS = """
    TypedLine { height: 1; border: none; padding: 0 1; background: $boost; }
    TypedLine:focus { border: none; background-tint: $foreground 0%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "drop", show=False)]

    class Dropped(Message):
        """Escape was pressed."""

        def __init__(self, line: "TypedLine") -> None:
            super().__init__()
            self.line = line

    def __init__(self, placeholder: str, *, id: str) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, compact=True, id=id)
        self.display = False

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint anew; letters typed into a line of fixed size move nothing else on the screen."""
        is_moved = layout and not (self.display and self.size)
        return super().refresh(*regions, repaint=repaint, layout=is_moved, recompose=recompose)

    def open(self, value: str) -> None:
        """Show the line with a text in it and give it the keys at once."""
        with self.prevent(Input.Changed):
            self.value = printable(value)
        self.cursor_position = len(self.value)
        self.display = True
        self.screen.set_focus(self)

    def close(self) -> None:
        """Hide the line."""
        self.display = False

    def action_drop(self) -> None:
        """Leave the line."""
        self.post_message(self.Dropped(self))


class FilterLine(TypedLine):
    """Every letter filters at once, enter keeps the filter, escape drops it."""

    PLACE = Where.FILTER

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,up,tab", "keep", show=False, priority=True),
    ]

    class Kept(Message):
        """The filter stays, the list gets the keys again."""

    def __init__(self) -> None:
        super().__init__(
            "words   !not   ~fuzzy   key:value   (enter keeps, esc drops)", id="filter"
        )

    def action_keep(self) -> None:
        """Go back to the list."""
        self.post_message(self.Kept())


class ClientLine(TypedLine):
    """The client of a path."""

    def __init__(self) -> None:
        super().__init__(
            "client: name, 10.1.2.4, 10.1.2.0/24, onprem:10.9.0.0/16, internet", id="client"
        )


class Question(NamedTuple):
    """Something that is asked."""

    text: str
    answer: Callable[[str], None]
    """Gets what is typed; may ask something else, or leave the question open."""


class AskLine(TypedLine):
    """One question; enter hands the answer on, escape leaves things as they are."""

    def __init__(self) -> None:
        super().__init__("", id="ask")
        self.question: Question | None = None

    def ask(self, question: Question, value: str) -> None:
        """Ask something."""
        self.placeholder = printable(question.text)
        self.question = question
        self.open(value)

    async def action_submit(self) -> None:
        """Hand the answer on at once: keys typed ahead are for the question that follows."""
        if self.question is not None:
            self.question.answer(self.value)

    def hold(self) -> None:
        """Take the keys back where something else got them meanwhile."""
        if self.question is not None and not self.has_focus:
            self.screen.set_focus(self)

    def close(self) -> None:
        """Hide the line; nothing is asked any more."""
        super().close()
        self.question = None
