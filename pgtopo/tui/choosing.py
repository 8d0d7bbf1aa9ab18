"""A list over everything else from which one thing is chosen."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from pgtopo.tui.bar import chunk
from pgtopo.tui.dialog import Dialog
from pgtopo.tui.keys import DialogKeys
from pgtopo.tui.paint import elided
from pgtopo.tui.pane import Pane
from pgtopo.tui.row_list import RowList
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable


class ChoiceList(RowList[str]):
    """Texts, one of which is chosen."""

    class Chosen(Message):
        """A text was chosen, by its place."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,l,right", "open", show=False)]

    def __init__(self, texts: Sequence[str] = ()) -> None:
        super().__init__()
        self.rows = tuple(map(printable, texts))

    def offer(self, texts: Sequence[str]) -> None:
        """Take other texts, the first of them under the cursor."""
        self.rows = tuple(map(printable, texts))
        self._cursor = 0
        self.renew(keep_scroll=False)

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """One text."""
        shown = elided(self.painter.veiled(self.rows[row]), width - 2)
        pieces = (Piece(f" {shown}"),)
        return (
            self.painter.cursor(pieces, base) if has_cursor else self.painter.segments(pieces, base)
        )

    def action_open(self) -> None:
        """Choose it."""
        self.post_message(self.Chosen(self._cursor))


class ChoiceScreen(Dialog[int | None]):
    """Gives the place of what was chosen, or None."""

    KEYS: ClassVar[DialogKeys] = (("↑ ↓", "move"), ("enter", "take"), ("esc", "leave"))

    DEFAULT_CSS = """
    ChoiceScreen > Pane { width: 96; max-width: 96%; height: auto; max-height: 90%;
        background: $surface; }
    ChoiceScreen ChoiceList { height: auto; max-height: 24; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left", "leave", show=False),
    ]

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        super().__init__()
        self._title = printable(title)
        self._texts = tuple(texts)

    def compose(self) -> ComposeResult:
        """The list."""
        yield Pane(ChoiceList(self._texts), id="choice-pane")

    def on_mount(self) -> None:
        """Fill the title and give the list the keys."""
        choices = self.query_one(ChoiceList)
        choices.styles.height = max(1, min(len(self._texts), self.app.size.height - 6))
        choices.head([chunk(self._title, Tone.STRONG)])
        choices.focus()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Give its place."""
        event.stop()
        self.dismiss(event.place)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
