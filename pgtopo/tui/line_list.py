"""The widget behind every list: rows live outside it and are painted one by one when shown.

It scrolls by itself instead of through Textual's scroll views: those lay the whole screen out anew
whenever the number of rows changes, which would happen with every move of a cursor.
"""

from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

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
from pgtopo.tui.paint import Painter, filled
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


class _Ground(NamedTuple):
    """What the look of every row rests on, beside the row itself."""

    width: int
    head: int
    base: Style
    cursor_style: Style
    scroll_style: Style
    painter: Painter


class _Frame(NamedTuple):
    """What all rows painted together have in common."""

    ground: _Ground
    rows: int
    cursor: int
    """The row drawn as the cursor's; -1 for none."""
    mark: range
    """The lines that carry the scroll mark; empty where every row is on the screen."""


class _Look(NamedTuple):
    """What may change about a row from frame to frame."""

    has_cursor: bool
    mark: str
    """What stands in its last column."""


def _marked(top: int, rows: int, height: int) -> range:
    """Where the rows on the screen stand among all rows, as lines of the screen."""
    if rows <= height or height < 1:
        return range(0)
    length = max(1, height * height // rows)
    start = (height - length) * top // max(1, rows - height)
    return range(start, start + length)


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
    LineList > .lit-cursor { background: $block-cursor-background;
        color: $block-cursor-foreground; text-style: bold; }
    LineList > .scroll { color: $panel-lighten-2; }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor", "lit-cursor", "scroll"}

    top = 0
    """The first row on the screen."""

    is_waiting = False
    """Whether what it is to list is still being worked out."""

    show_head: Callable[[Head], None] | None = None
    """Takes a new title; set by the pane around the list."""

    _frame: _Frame | None = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        self._kept: dict[int, tuple[_Look, Strip]] = {}
        """The rows on the screen as they were painted."""
        super().__init__(id=id)

    def head(
        self, left: Sequence[Chunk], right: Sequence[Chunk] = (), tabs: Sequence[Chunk] = ()
    ) -> None:
        """Put a title above the list."""
        if self.show_head is not None:
            self.show_head(Head(tuple(left), tuple(right), tuple(tabs)))

    def entitle(self) -> None:
        """Put the title up anew, cut to the width at hand."""

    def tell(self, message: Message) -> None:
        """Tell the app at once, so that list and details change in one frame."""
        self.app.post_message(message)

    def tell_now(self, message: Message) -> None:
        """Let the app take note before anything else is painted: it paints what it knows."""
        getattr(self.app, message.handler_name)(message)

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
        """The rows of a region: those painted before are kept, wherever they stand now.

        Textual keeps lines by their place on the screen, and would paint all when a list scrolls.
        """
        name = "lit-cursor" if self.has_focus else "cursor"
        width, height = self.size
        head, rows = self.head_rows, self.row_count
        ground = _Ground(
            width,
            head,
            self.rich_style,
            self.get_component_rich_style(name),
            self.get_component_rich_style("scroll"),
            self.painter,
        )
        if self._frame is None or self._frame.ground != ground:
            self._kept.clear()
        cursor = self.cursor if self.has_focus or self.KEEPS_CURSOR else -1
        self._frame = _Frame(ground, rows, cursor, _marked(self.top, rows, height - head))
        strips = [self.render_line(y) for y in crop.line_range]
        self._drop_unseen(height - head)
        background = self.background_colors[1]
        for one in self.get_line_filters():
            strips = [strip.apply_filter(one, background) for strip in strips]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        frame = self._frame
        if frame is None:
            return Strip.blank(self.size.width, self.rich_style)
        ground = frame.ground
        width, base = ground.width - 1, ground.base
        if y < ground.head:
            return Strip(filled(self.paint_head(y, width, base), width + 1, base), width + 1)
        y -= ground.head
        row = y + self.top
        if row >= frame.rows:
            shown = self._empty_line(y, width) if not frame.rows else ""
            empty = ground.painter.segments((Piece(f"  {shown}", Tone.DIM),), base)
            return Strip(filled(empty, width + 1, base), width + 1)
        look = _Look(row == frame.cursor, ("▐" if y in frame.mark else " ") if frame.mark else "")
        known = self._kept.get(row)
        if known is None or known[0] != look:
            known = self._kept[row] = (look, self._painted_row(row, look, ground))
        return known[1]

    def _painted_row(self, row: int, look: _Look, ground: _Ground) -> Strip:
        width = ground.width - 1
        base = ground.cursor_style if look.has_cursor else ground.base
        segments = filled(self.paint_row(row, width, base, has_cursor=look.has_cursor), width, base)
        if look.mark:
            last = Segment(ground.painter.text(look.mark), ground.scroll_style)
        else:
            last = Segment(" ", base)
        return Strip([*segments, last], ground.width)

    def _drop_unseen(self, height: int) -> None:
        """Keep no more rows than are on the screen."""
        if len(self._kept) > height:
            seen = range(self.top, self.top + height)
            self._kept = {row: known for row, known in self._kept.items() if row in seen}

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint anew: some lines, or all of them."""
        if not regions:
            self._kept.clear()
        for region in regions:
            for y in region.line_range:
                self._kept.pop(y - self.head_rows + self.top, None)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _empty_line(self, y: int, width: int) -> str:
        """A line of what is said where there is no row."""
        lines = ["", *wrap(self.empty_text, max(width - 4, 8))]
        return lines[y] if y < len(lines) else ""

    def renew(self, *, keep_scroll: bool = True) -> None:
        """Paint everything anew after the rows changed."""
        if not keep_scroll:
            self.top = 0
        self._put_top(self.top)
        self.show_cursor()
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor in sight, and as much of the title as there is room for."""
        self.entitle()
        self._put_top(self.top)
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

    def _put_top(self, top: int) -> None:
        top = max(0, min(top, self.row_count - self.body_height))
        if top != self.top:
            self.top = top
            super().refresh()

    def show_cursor(self) -> None:
        """Scroll no further than needed to have the cursor in sight."""
        height = self.body_height
        if height < 1:
            return
        if self.cursor < self.top:
            self._put_top(self.cursor)
        elif self.cursor >= self.top + height:
            self._put_top(self.cursor - height + 1)

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
        self._put_top(self.top + _WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll up; the cursor stays where it is."""
        event.stop()
        self._put_top(self.top - _WHEEL)

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; open what was under it already."""
        y = event.y - self.head_rows
        if event.x >= self.row_width and self.row_count > self.body_height:
            self._put_top(self.row_count * y // max(1, self.body_height))
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
