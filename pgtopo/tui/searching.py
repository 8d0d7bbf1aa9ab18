"""A search over everything else: words narrow a list, enter takes the row under its cursor."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from pgtopo.tui.bar import Bar, chunk
from pgtopo.tui.choosing import ChoiceList
from pgtopo.tui.dialog import Dialog
from pgtopo.tui.keys import DialogKeys
from pgtopo.views.lines import Tone

MOST = 200
"""Texts listed at once; more words bring the number down."""

_ROWS = 14


def fitting(every: Iterable[tuple[str, str]], words: str) -> list[tuple[str, str]]:
    """The texts that hold all words, with their values, up to `MOST`."""
    wanted = words.lower().split()
    held = (one for one in every if all(word in one[0].lower() for word in wanted))
    return list(islice(held, MOST))


class SearchLine(Input):
    """The words; up and down move through what fits them."""

    DEFAULT_CSS = """
    SearchLine { height: 1; border: none; padding: 0 1; background: $boost; }
    SearchLine:focus { border: none; background-tint: $foreground 0%; }
    """


class SearchScreen(Dialog[str | None]):
    """Gives the value of what was chosen, the words themselves where nothing fits, or None."""

    KEYS: ClassVar[DialogKeys] = (
        ("letters", "narrow"),
        ("↑ ↓", "move"),
        ("enter", "take"),
        ("esc", "leave"),
    )

    DEFAULT_CSS = """
    SearchScreen > Vertical { width: 96; max-width: 96%; height: auto; max-height: 90%;
        background: $surface; }
    SearchScreen ChoiceList { height: 14; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
    ]

    def __init__(
        self, title: str, every: Sequence[tuple[str, str]], *, takes_words: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._every = every
        """Texts and values there are to choose from."""
        self._takes_words = takes_words
        """What else than a listed thing may be typed, as a hint; empty for nothing."""
        self._found: Sequence[tuple[str, str]] = ()

    def compose(self) -> ComposeResult:
        """Title, words, list."""
        with Vertical():
            yield Bar(id="search-head")
            yield SearchLine("", placeholder=self._takes_words or "words", compact=True)
            yield ChoiceList()

    def on_mount(self) -> None:
        """List everything at first."""
        head = self.query_one("#search-head", Bar)
        head.show([chunk(self._title, Tone.STRONG)], [])
        self.query_one(ChoiceList).styles.height = max(3, min(_ROWS, self.app.size.height - 8))
        self._list("")
        self.query_one(SearchLine).focus()

    def _list(self, words: str) -> None:
        self._found = fitting(self._every, words)
        self.query_one(ChoiceList).offer([text for text, _ in self._found])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list with every letter."""
        event.stop()
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the row under the cursor, else the words."""
        event.stop()
        words = event.value.strip()
        if self._found:
            self._take(self.query_one(ChoiceList).cursor)
        elif self._takes_words and words:
            self.dismiss(words)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Take a row that was chosen in the list itself."""
        event.stop()
        if self._found:
            self._take(event.place)

    def _take(self, place: int) -> None:
        self.dismiss(self._found[min(place, len(self._found) - 1)][1])

    def action_move(self, step: int) -> None:
        """Another row of the list."""
        choices = self.query_one(ChoiceList)
        choices.go(choices.cursor + step)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
