"""The widget behind every list: rows live outside it and are painted one by one when shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pgtopo.tui.bar import Chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.paint import Painter, fitted
from pgtopo.views.lines import Piece, Tone

if TYPE_CHECKING:
    from pgtopo.tui.painting import Painting


class LineList(ScrollView, can_focus=True):
    """A list with a cursor; a subclass says how many rows there are and paints one."""

    PLACE: ClassVar[Where] = Where.LIST
    """Which keys of the key table work here, beside those of every list."""

    EMPTY: ClassVar[str] = ""
    """What is said where there is no row."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.LIST)

    DEFAULT_CSS = """
    LineList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    LineList > .cursor { background: $panel; }
    LineList:focus > .cursor { background: $block-cursor-background;
        color: $block-cursor-foreground; text-style: bold; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor"}

    class Headed(Message):
        """The title line above the list should change."""

        def __init__(
            self,
            sender: "LineList",
            left: Sequence[Chunk],
            right: Sequence[Chunk] = (),
            tabs: Sequence[Chunk] = (),
        ) -> None:
            super().__init__()
            self.tabs = tuple(tabs)
            self.sender = sender
            self.left = tuple(left)
            self.right = tuple(right)

        @property
        def control(self) -> "LineList":
            """The list it is about."""
            return self.sender

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

    def paint_row(self, row: int, width: int, base: Style, *, has_cursor: bool) -> list[Segment]:
        """The segments of a row."""
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

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if row >= self.row_count:
            shown = self.EMPTY if y == 1 and not self.row_count else ""
            return fitted(
                self.painter.segments((Piece(f"  {shown}", Tone.DIM),), base), width, base
            )
        has_cursor = row == self.cursor
        if has_cursor:
            base = self.get_component_rich_style("cursor")
        return fitted(self.paint_row(row, width, base, has_cursor=has_cursor), width, base)

    def renew(self, *, keep_scroll: bool = True) -> None:
        """Paint everything anew after the rows changed."""
        self.virtual_size = Size(0, self.row_count)
        if not keep_scroll:
            self.scroll_to(y=0, animate=False, force=True)
        self.show_cursor()
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor in sight."""
        self.virtual_size = Size(0, self.row_count)
        self.show_cursor()

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
        y = row - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def show_cursor(self) -> None:
        """Scroll no further than needed to have the cursor in sight."""
        height = self.scrollable_content_region.height
        if height < 1:
            return
        top = int(self.scroll_offset.y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def action_down(self) -> None:
        """One row down."""
        self.go(self.cursor + 1)

    def action_up(self) -> None:
        """One row up."""
        self.go(self.cursor - 1)

    def action_page_down(self) -> None:
        """One page down."""
        self.go(self.cursor + max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        """One page up."""
        self.go(self.cursor - max(1, self.size.height - 1))

    def action_top(self) -> None:
        """The first row."""
        self.go(0)

    def action_bottom(self) -> None:
        """The last row."""
        self.go(self.row_count - 1)

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; open what was under it already."""
        row = event.y + int(self.scroll_offset.y)
        if row >= self.row_count:
            return
        if row == self.cursor:
            self.clicked_again(event.x)
        else:
            self.go(row)

    def clicked_again(self, _x: int) -> None:
        """The row under the cursor was clicked."""
        self.action_open()
