"""The widget behind every list: rows live outside it and are painted one by one when shown.

It scrolls by itself instead of through Textual's scroll views: those lay the whole screen out anew
whenever the number of rows changes, which would happen with every move of a cursor.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Blur, Click, Focus, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pgtopo.tui.bar import Chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.paint import Painter, fitted
from pgtopo.views.lines import Piece, Tone

if TYPE_CHECKING:
    from pgtopo.tui.painting import Painting

_WHEEL = 3
"""Rows one turn of the wheel scrolls."""


class Head(NamedTuple):
    """The title above a list."""

    left: tuple[Chunk, ...]
    right: tuple[Chunk, ...] = ()
    tabs: tuple[Chunk, ...] = ()


class LineList(Widget, can_focus=True):
    """A list with a cursor; a subclass says how many rows there are and paints one."""

    PLACE: ClassVar[Where] = Where.LIST
    """Which keys of the key table work here, beside those of every list."""

    EMPTY: ClassVar[str] = ""
    """What is said where there is no row."""

    KEEPS_CURSOR: ClassVar[bool] = True
    """Whether the cursor shows without focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.LIST)

    DEFAULT_CSS = """
    LineList { height: 1fr; width: 1fr; }
    LineList > .cursor { background: $panel; }
    LineList:focus > .cursor { background: $block-cursor-background;
        color: $block-cursor-foreground; text-style: bold; }
    LineList > .scroll { color: $panel-lighten-2; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor", "scroll"}

    top = 0
    """The first row on the screen."""

    show_head: Callable[[Head], None] | None = None
    """Takes a new title; set by the pane around the list."""

    def head(
        self, left: Sequence[Chunk], right: Sequence[Chunk] = (), tabs: Sequence[Chunk] = ()
    ) -> None:
        """Put a title above the list."""
        if self.show_head is not None:
            self.show_head(Head(tuple(left), tuple(right), tuple(tabs)))

    def tell(self, message: Message) -> None:
        """Tell the app at once, so that list and details change in one frame."""
        self.app.post_message(message)

    # -- what a subclass provides -------------------------------------------------------------

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def cursor(self) -> int:
        """The row under the cursor."""
        raise NotImplementedError

    def put_cursor(self, row: int) -> None:
        """Take note of a new cursor row, which exists."""
        raise NotImplementedError

    @property
    def empty_text(self) -> str:
        """What is said where there is no row."""
        return self.EMPTY

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """The segments of a row."""
        raise NotImplementedError

    @property
    def head_rows(self) -> int:
        """Rows at the top that do not scroll."""
        return 0

    def paint_head(self, y: int, width: int, base: Style) -> list[Segment]:
        """The segments of a row that does not scroll."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """Tell whom it concerns that another row is under the cursor."""

    def action_open(self) -> None:
        """What enter, or a click on the row under the cursor, does."""

    # -- painting -----------------------------------------------------------------------------

    @property
    def painter(self) -> Painter:
        """The painter of the theme at hand."""
        app: Painting = self.app  # type: ignore[assignment]
        return app.painter

    @property
    def body_height(self) -> int:
        """Rows of the screen that scroll."""
        return self.size.height - self.head_rows

    @property
    def row_width(self) -> int:
        """Columns of a row, the scroll mark left out."""
        return max(0, self.size.width - 1)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a region, in styles looked up once."""
        self._base = self.rich_style
        self._cursor_base = self.get_component_rich_style("cursor")
        self._scroll_base = self.get_component_rich_style("scroll")
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        width, base = self.row_width, self._base
        head = self.head_rows
        if y < head:
            return fitted(self.paint_head(y, width, base), self.size.width, base)
        y -= head
        row = y + self.top
        if row >= self.row_count:
            shown = self.empty_text if y == 1 and not self.row_count else ""
            empty = self.painter.segments((Piece(f"  {shown}", Tone.DIM),), base)
            return fitted(empty, self.size.width, base)
        has_cursor = row == self.cursor and (self.has_focus or self.KEEPS_CURSOR)
        ground = self._cursor_base if has_cursor else base
        strip = fitted(self.paint_row(row, width, ground, has_cursor=has_cursor), width, ground)
        return Strip([*strip, self._scroll_mark(y, ground)])

    def _scroll_mark(self, y: int, ground: Style) -> Segment:
        """The last column: where the rows on the screen stand among all rows."""
        height, rows = self.body_height, self.row_count
        if rows <= height:
            return Segment(" ", ground)
        length = max(1, height * height // rows)
        start = (height - length) * self.top // max(1, rows - height)
        is_mark = start <= y < start + length
        return Segment(self.painter.text("▐" if is_mark else " "), self._scroll_base)

    def renew(self, *, keep_scroll: bool = True) -> None:
        """Paint everything anew after the rows changed."""
        if not keep_scroll:
            self.top = 0
        self._show_from(self.top)
        self.show_cursor()
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor in sight."""
        self._show_from(self.top)
        self.show_cursor()
        self.refresh()

    def on_focus(self, _event: Focus) -> None:
        """The cursor looks different with focus."""
        self._touch(self.cursor)

    def on_blur(self, _event: Blur) -> None:
        """The cursor looks different without focus."""
        self._touch(self.cursor)

    # -- moving -------------------------------------------------------------------------------

    def go(self, row: int) -> None:
        """Put the cursor on a row, or the nearest there is, and tell whom it concerns."""
        if self.go_quietly(row):
            self.cursor_moved()

    def go_quietly(self, row: int) -> bool:
        """Put the cursor on a row, or the nearest there is; whether it moved."""
        before = self.cursor
        row = max(0, min(row, self.row_count - 1))
        if row == before or self.row_count == 0:
            return False
        self.put_cursor(row)
        self._touch(before)
        self._touch(self.cursor)
        self.show_cursor()
        return True

    def _touch(self, row: int) -> None:
        y = row - self.top
        if 0 <= y < self.body_height:
            self.refresh(Region(0, y + self.head_rows, self.size.width, 1))

    def _show_from(self, top: int) -> None:
        top = max(0, min(top, self.row_count - self.body_height))
        if top != self.top:
            self.top = top
            self.refresh()

    def show_cursor(self) -> None:
        """Scroll no further than needed to have the cursor in sight."""
        height = self.body_height
        if height < 1:
            return
        if self.cursor < self.top:
            self._show_from(self.cursor)
        elif self.cursor >= self.top + height:
            self._show_from(self.cursor - height + 1)

    def action_down(self) -> None:
        """One row down."""
        self.go(self.cursor + 1)

    def action_up(self) -> None:
        """One row up."""
        self.go(self.cursor - 1)

    def action_page_down(self) -> None:
        """One page down."""
        self.go(self.cursor + max(1, self.body_height - 1))

    def action_page_up(self) -> None:
        """One page up."""
        self.go(self.cursor - max(1, self.body_height - 1))

    def action_top(self) -> None:
        """The first row."""
        self.go(0)

    def action_bottom(self) -> None:
        """The last row."""
        self.go(self.row_count - 1)

    # -- mouse --------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll down; the cursor stays where it is."""
        event.stop()
        self._show_from(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up; the cursor stays where it is."""
        event.stop()
        self._show_from(self.top - _WHEEL)

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; open what was under it already."""
        y = event.y - self.head_rows
        if event.x >= self.row_width and self.row_count > self.body_height:
            self._show_from(self.row_count * y // max(1, self.body_height))
            return
        row = y + self.top
        if y < 0 or row >= self.row_count:
            return
        if row == self.cursor:
            self.clicked_again(event.x)
        else:
            self.go(row)

    def clicked_again(self, _x: int) -> None:
        """The row under the cursor was clicked."""
        self.action_open()
