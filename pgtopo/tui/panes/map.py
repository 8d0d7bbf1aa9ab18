"""The topology as a drawing: boxes under a cursor that goes from box to box."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Blur, Click, Focus, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from pgtopo.tui.bar import Chunk, chunk
from pgtopo.tui.bindings import bindings
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.paint import ended, fitted
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.moving import Way

if TYPE_CHECKING:
    from pgtopo.views.map.bench import MapBench
    from pgtopo.views.map.board import Veil
    from pgtopo.views.map.canvas import Canvas
    from pgtopo.views.map.drawing import Box

_NOTES = 2
"""Lines at most about what was not read."""


class MapPane(LineList):
    """The map; it scrolls by rows, and the cursor is a box."""

    PLACE = Where.MAP

    KEEPS_CURSOR = False

    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.MAP)

    class Moved(Message):
        """Another box is under the cursor."""

    class Opened(Message):
        """Details of the box are wanted."""

    class Asked(Message):
        """A step of the map is wanted: `turn`, `unfold`, `magnify` or `estate`."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    bench: MapBench | None = None
    _canvas: Canvas | None = None
    _title = ""
    _painted: tuple[object, ...] = ()
    """What was on the screen when it was last painted whole."""
    _lit = ""
    """The box that was last painted under the cursor."""
    _seconds = 0.0

    def show(self, bench: MapBench, seconds: float = 0.0) -> None:
        """Take the map as it is now; seconds since its drawing was begun where it is not yet."""
        self.bench = bench
        self._seconds = seconds
        bench.map_width = self.row_width or bench.map_width
        self.is_waiting = bench.map_work() is not None
        if self.is_waiting:
            self._canvas, self._painted, self._title = None, (), ""
            self.head([chunk("Map")])
            self.refresh()
            return
        made = bench.board.made(bench.map_width, self._veil)
        if self._canvas is None or self._canvas.drawing is not made.drawing:
            from pgtopo.views.map.canvas import Canvas

            self._canvas = Canvas(made.drawing)
        bench.map_shown()
        painted = (self._canvas, bench.sieve, bench.board.complaint, self.painter)
        if painted != self._painted or bench.board.cursor != self._lit:
            self._painted, self._lit = painted, bench.board.cursor
            self.renew()
        self._title = made.scene.title
        self.entitle()

    def entitle(self) -> None:
        """Say what is drawn, and what its lines mean as far as there is room."""
        if self._title:
            title = chunk(self._title, Tone.PLAIN, "turn_map")
            self.head([chunk("Map "), title], (), self._legend())

    @property
    def _veil(self) -> Veil | None:
        return self.painter.veiled if self.painter.hides else None

    def _legend(self) -> list[Chunk]:
        bench = self.bench
        if bench is None or not self.row_count:
            return []
        from pgtopo.views.map.caption import legend

        is_path = bench.board.is_on_path
        return [Chunk((one,)) for one in legend(self.row_width - 1, is_path=is_path)]

    # -- list -----------------------------------------------------------------------------------

    @property
    def empty_text(self) -> str:
        """What is said where nothing is drawn."""
        bench = self.bench
        if bench is None or self.is_waiting:
            return f"Drawing the map ... {self._seconds:.0f} s. Other screens can be used."
        if bench.board.complaint:
            return bench.board.complaint
        if bench.sieve:
            return "No network fits. esc clears the filter."
        if bench.board.focus and not bench.board.is_on_path:
            title = bench.board.made(bench.map_width, self._veil).scene.title
            return f"Nothing can be drawn {title}: v goes on, esc goes back."
        return "No network and no server in this data: there is nothing to draw."

    @property
    def row_count(self) -> int:
        """Rows of the drawing."""
        if self._canvas is None or not self._canvas.drawing.boxes:
            return 0
        return self._canvas.drawing.height

    @property
    def cursor(self) -> int:
        """No row carries the cursor: a box does."""
        return -1

    def put_cursor(self, row: int) -> None:
        """Rows carry no cursor."""

    @property
    def head_rows(self) -> int:
        """What was not read, and what is under the cursor."""
        if self.bench is None or self._canvas is None:
            return 0
        return len(self._notes()) + (1 if self.row_count else 0)

    def _notes(self) -> tuple[str, ...]:
        if self.bench is None:
            return ()
        scene = self.bench.board.made(self.bench.map_width, self._veil).scene
        return scene.notes[:_NOTES]

    def paint_head(self, y: int, width: int, base: Style) -> list[Segment]:
        """A note, or the line about the box under the cursor."""
        if self.bench is None:
            return []
        from pgtopo.views.map.drawing import clipped

        notes = self._notes()
        if y < len(notes):
            return self.painter.segments(
                (Piece(ended(f"? {notes[y]}", width), Tone.UNKNOWN),), base
            )
        told = self.bench.board.caption(self.bench.map_width, self._veil)
        return self.painter.segments(clipped((Piece("▸ ", Tone.DIM), *told), width), base)

    @property
    def _box(self) -> Box | None:
        if self.bench is None or self._canvas is None:
            return None
        return self._canvas.drawing.box(self.bench.board.cursor)

    def paint_row(
        self,
        row: int,
        width: int,
        base: Style,
        *,
        has_cursor: bool,  # noqa: ARG002  a box carries the cursor
    ) -> list[Segment]:
        """A row of the drawing, the box under the cursor set off."""
        if self._canvas is None:
            return []
        segments = self.painter.segments(self._canvas.row(row), base)
        box = self._box
        if box is None or not box.y <= row < box.y + box.height:
            return segments
        is_lit = self.has_focus and row == box.y
        ground = self.get_component_rich_style("lit-cursor" if is_lit else "cursor")
        row_strip = fitted(segments, width, base)
        start, end = min(box.x, width), min(box.x + box.width, width)
        inside = _over(row_strip.crop(start, end), ground, is_whole=is_lit)
        return [*row_strip.crop(0, start), *inside, *row_strip.crop(end, width)]

    # -- the cursor -----------------------------------------------------------------------------

    def show_cursor(self) -> None:
        """Scroll no further than needed to have the box in sight, its top at least."""
        box, height = self._box, self.body_height
        if box is None or height < 1:
            return
        if box.y < self.top:
            self._put_top(box.y)
        elif box.y + box.height > self.top + height:
            self._put_top(min(box.y, box.y + box.height - height))

    def on_resize(self, _event: Resize) -> None:
        """Draw for the width at hand."""
        if self.bench is not None and self.row_width != self.bench.map_width:
            self.tell(self.Asked("draw"))

    def on_focus(self, _event: Focus) -> None:
        """The box looks different with focus."""
        self.refresh()

    def on_blur(self, _event: Blur) -> None:
        """The box looks different without focus."""
        self.refresh()

    def _moved(self, *, has_moved: bool) -> None:
        if not has_moved or self.bench is None:
            return
        self.bench.moved_on_map()
        self._touch_box(self._lit)
        self._lit = self.bench.board.cursor
        self._touch_box(self._lit)
        self.refresh(Region(0, 0, self.size.width, self.head_rows))
        self.show_cursor()
        self.tell(self.Moved())

    def _touch_box(self, key: str) -> None:
        """Paint the rows of a box anew."""
        box = self._canvas.drawing.box(key) if self._canvas is not None else None
        if box is not None:
            top = max(box.y - self.top, 0)
            bottom = min(box.y + box.height - self.top, self.body_height)
            if top < bottom:
                self.refresh(Region(0, top + self.head_rows, self.size.width, bottom - top))

    def _go(self, way: Way) -> bool:
        bench = self.bench
        return bench is not None and not self.is_waiting and bench.board.move(way, bench.map_width)

    def action_down(self) -> None:
        """The box below; at the last one the drawing scrolls on."""
        self._step(Way.DOWN, 3)

    def action_up(self) -> None:
        """The box above."""
        self._step(Way.UP, -3)

    def _step(self, way: Way, rows: int) -> None:
        box = self._box
        if box is not None and box.height > self.body_height and self._is_cut(box, rows):
            self._put_top(self.top + rows)
        else:
            self._moved(has_moved=self._go(way))

    def _is_cut(self, box: Box, rows: int) -> bool:
        """Whether there is more to see of a box in a direction."""
        if rows > 0:
            return box.y + box.height > self.top + self.body_height
        return box.y < self.top

    def action_box_left(self) -> None:
        """The box at the left."""
        self._moved(has_moved=self._go(Way.LEFT))

    def action_box_right(self) -> None:
        """The box at the right."""
        self._moved(has_moved=self._go(Way.RIGHT))

    def action_page_down(self) -> None:
        """About a page further down."""
        self._page(1)

    def action_page_up(self) -> None:
        """About a page further up."""
        self._page(-1)

    def _page(self, sign: int) -> None:
        bench = self.bench
        if bench is not None and not self.is_waiting:
            rows = sign * max(3, self.body_height - 2)
            self._moved(has_moved=bench.board.page(rows, bench.map_width))

    def action_top(self) -> None:
        """The first box."""
        self._to_end(is_last=False)

    def action_bottom(self) -> None:
        """The last box."""
        self._to_end(is_last=True)

    def _to_end(self, *, is_last: bool) -> None:
        bench = self.bench
        if bench is not None and not self.is_waiting:
            self._moved(has_moved=bench.board.to_end(bench.map_width, is_last=is_last))

    # -- steps ----------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Go into the details of the box."""
        if self.bench is not None and not self.is_waiting:
            self.tell(self.Opened())

    def action_turn_map(self) -> None:
        """The whole estate, what surrounds the selected thing, or the marked path."""
        self._ask("turn")

    def action_unfold(self) -> None:
        """Show a bundle box by box, or together again."""
        self._ask("unfold")

    def action_magnify(self) -> None:
        """Let boxes say more, or the least again."""
        self._ask("magnify")

    def action_show_in_estate(self) -> None:
        """Show the thing in the tree."""
        self._ask("estate")

    def _ask(self, step: str) -> None:
        if self.bench is not None and not self.is_waiting:
            self.tell(self.Asked(step))

    # -- mouse ----------------------------------------------------------------------------------

    def on_click(self, event: Click) -> None:
        """Put the cursor on the box under the mouse; open the one that has it already."""
        event.prevent_default()
        y = event.y - self.head_rows
        if self._canvas is None or self.bench is None or y < 0:
            return
        if event.x >= self.row_width and self.row_count > self.body_height:
            self._put_top(self.row_count * y // max(1, self.body_height))
            return
        box = self._canvas.box_at(event.x, y + self.top)
        if box is None:
            return
        if box.key == self.bench.board.cursor:
            self.action_open()
            return
        self.bench.board.cursor = box.key
        self._moved(has_moved=True)


def _over(strip: Strip, ground: Style, *, is_whole: bool) -> list[Segment]:
    """Segments on another ground; in its colours alone where they would not be readable on it."""
    return [
        Segment(
            s.text, ground if is_whole else (s.style or Style()) + Style(bgcolor=ground.bgcolor)
        )
        for s in strip
        if cell_len(s.text)
    ]
