"""What the app does when a pane tells it something."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Input

from pgtopo.tui import layout
from pgtopo.tui.background import PageMade
from pgtopo.tui.benches import has_orders
from pgtopo.tui.bindings import OPENS_A_LINE
from pgtopo.tui.trying import Trying
from pgtopo.views.literal import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import DescendantFocus, Resize
    from textual.widget import Widget

    from pgtopo.tui.filter_line import AskLine, TypedLine
    from pgtopo.tui.panes.document import Document
    from pgtopo.tui.panes.grid import GridList
    from pgtopo.tui.panes.problems import ProblemList
    from pgtopo.tui.panes.start import StartList
    from pgtopo.tui.panes.tree import TreeList

_FRONTS = {"detail": layout.RIGHT, "side": layout.SIDE}
"""The pane in front by what has focus; every other list is the one at the left."""


class Answers(Trying):
    """The part of the app that answers panes."""

    def open(self, files: tuple[str, ...]) -> None:
        """Read files behind the screen."""
        raise NotImplementedError

    # -- lists --------------------------------------------------------------------------------

    def on_tree_list_moved(self, _message: TreeList.Moved) -> None:
        """Another row of the tree is selected."""
        if self.bench is not None:
            self.bench.moved_in_tree()
            self.paint_around()

    def on_tree_list_opened(self, _message: TreeList.Opened) -> None:
        """Go into the details."""
        self.to_front(layout.RIGHT)

    def on_tree_list_regroup_asked(self, _message: TreeList.RegroupAsked) -> None:
        """Arrange the tree in the next way."""
        self.action_regroup()

    def on_tree_list_sort_asked(self, message: TreeList.SortAsked) -> None:
        """Put the tree into another order."""
        if has_orders(self.bench):
            self.bench.arranging.turn(message.change)
            self.paint()

    def on_problem_list_moved(self, message: ProblemList.Moved) -> None:
        """Another finding is selected."""
        if self.bench is not None:
            self.bench.moved_in_problems(message.at)
            self.paint_around()

    def on_problem_list_opened(self, _message: ProblemList.Opened) -> None:
        """Go into the details."""
        self.to_front(layout.RIGHT)

    def on_problem_list_subject_asked(self, _message: ProblemList.SubjectAsked) -> None:
        """Show what the finding is about in the estate."""
        row = self.bench.findings.row if self.bench is not None else None
        if row is not None:
            self.go_to(row.problem.subject if row.problem is not None else row.cause)

    def on_problem_list_rearranged(self, message: ProblemList.Rearranged) -> None:
        """Order or bundle the findings otherwise."""
        if self.bench is not None:
            self.bench.rearrange(message.change)
            self.paint()

    def on_grid_list_moved(self, _message: GridList.Moved) -> None:
        """Another cell is selected."""
        if self.bench is not None:
            self.bench.moved_in_grid()
            self.paint_around()

    def on_grid_list_rearranged(self, message: GridList.Rearranged) -> None:
        """Order rows otherwise, or put those that are alike together."""
        if self.bench is not None:
            self.bench.rearrange_grid(message.change)
            self.paint()

    def on_grid_list_opened(self, _message: GridList.Opened) -> None:
        """Go into the path of the cell."""
        self.to_front(layout.RIGHT)

    def on_start_list_chosen(self, message: StartList.Chosen) -> None:
        """Open a file."""
        self.open((message.path,))

    def on_document_followed(self, message: Document.Followed) -> None:
        """Go where a reference leads."""
        if self.bench is not None:
            self.bench.follow(message.target)
            self.to_front(self.front if self.front != layout.SIDE else layout.LEFT)

    def on_document_left(self, _message: Document.Left) -> None:
        """Back to the list."""
        if self.bench is not None:
            self.to_front(layout.LEFT)

    def on_page_made(self, _message: PageMade) -> None:
        """A page can be shown: at once where the list itself was awaited, so no key is lost."""
        if self.is_up and self.front_list().is_waiting:
            self.paint_awaited()
        else:
            self.paint_around()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Note which pane is in front, so that the last line names its keys."""
        if _is_typed_into(event.widget):
            self.paint_around()
        front = _FRONTS.get(event.widget.id or "")
        if front is None and self.bench is not None and event.widget is self.front_list():
            front = layout.LEFT
        if front is not None and self.bench is not None:
            self.front = front
            self.paint_around()

    def on_resize(self, _event: Resize) -> None:
        """Show as many panes as there is room for."""
        if self.bench is not None:
            self.paint()
            if not _is_typed_into(self.focused):
                self.call_after_refresh(self.focus_front)

    # -- filter -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action may be taken: no line opens while something is typed into one."""
        if action in OPENS_A_LINE and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    def action_filter(self) -> None:
        """Open the line for a filter."""
        if self.bench is None:
            return
        from pgtopo.tui.filter_line import FilterLine

        self.query_one(FilterLine).open(self.bench.sieve.wanted.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter with every letter; ask again once an answer that was complained of changes."""
        from pgtopo.tui.filter_line import AskLine, FilterLine
        from pgtopo.views.filter import complaint

        asked = event.input.question if isinstance(event.input, AskLine) else None
        if asked is not None:
            self._keep_saying(asked.text)
        elif self.bench is not None and isinstance(event.input, FilterLine) and event.input.display:
            self.bench.filter(event.value)
            self.note = complaint(self.bench.sieve.wanted)
            self.paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter, or take the client."""
        from pgtopo.tui.filter_line import ClientLine

        if isinstance(event.input, ClientLine) and self.bench is not None:
            self.bench.ends.type_client(event.value)
            self._close_lines()
            self.action_trace()
        else:
            self._close_lines()

    def action_type_client(self) -> None:
        """Open the line for a client."""
        from pgtopo.tui.filter_line import ClientLine

        if self.bench is not None:
            text = self.bench.ends.pair.client
            self.query_one(ClientLine).open("" if text.startswith("/") else text)

    def on_typed_line_dropped(self, message: TypedLine.Dropped) -> None:
        """Leave a line; a filter is dropped with it."""
        from pgtopo.tui.filter_line import AskLine, FilterLine

        if isinstance(message.line, FilterLine) and self.bench is not None:
            self.bench.filter("")
        is_asked = isinstance(message.line, AskLine)
        self.note = "" if is_asked else self.note
        self._close_lines(self.front if is_asked else layout.LEFT)

    def on_filter_line_kept(self) -> None:
        """Keep the filter."""
        self._close_lines()

    def _close_lines(self, front: str = layout.LEFT) -> None:
        from pgtopo.tui.filter_line import TypedLine

        for line in self.query(TypedLine):
            line.close()
        self.to_front(front)

    # -- questions ----------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        value: str,
        take: Callable[[str], None],
        complain: Callable[[str], str] = lambda _: "",
    ) -> None:
        """Open a line that asks something; an answer without complaint goes to `take`."""
        from pgtopo.tui.filter_line import Question

        self._keep_saying(question)
        line = self._ask_line
        asked = Question(question, partial(self._answered, take, complain))
        if len(self.screen_stack) > 1:
            self.call_later(line.ask, asked, value)
            return
        # At once, so that no key typed ahead reaches a list; one may still be about to get them.
        line.ask(asked, value)
        self.call_later(line.hold)

    def _answered(
        self, take: Callable[[str], None], complain: Callable[[str], str], value: str
    ) -> None:
        """Hand an answer on, or say what is wrong with it while it can be mended."""
        line = self._ask_line
        complaint = complain(value)
        if complaint:
            self._keep_saying(complaint)
            return
        question, self.note = line.question, ""
        take(value)
        if line.question is question:
            self._close_lines(self.front)

    @property
    def _ask_line(self) -> AskLine:
        from pgtopo.tui.filter_line import AskLine

        return self.query_one(AskLine)

    def _keep_saying(self, text: str) -> None:
        """Say something until what it is about changes."""
        self.note = printable(text)
        self.paint()

    # -- one step back ------------------------------------------------------------------------

    def step_back(self) -> None:
        """Undo the last thing that narrows the screen, else go back in the history."""
        bench = self.bench
        if bench is None:
            return
        if self.is_zoomed:
            self.is_zoomed = False
            self.to_front(self.zoomed_from)
        elif self.front != layout.LEFT:
            self.to_front(layout.LEFT)
        elif bench.sieve:
            bench.clear_sieve()
            self.paint()
        else:
            self.action_history_back()


def _is_typed_into(widget: Widget | None) -> bool:
    """Whether it is one of the lines of the main screen."""
    if not isinstance(widget, Input):
        return False
    from pgtopo.tui.filter_line import TypedLine

    return isinstance(widget, TypedLine)
