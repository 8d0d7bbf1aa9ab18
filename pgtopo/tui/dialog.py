"""What every dialog has in common: its keys in the last line, where nothing dims them."""

from typing import ClassVar, Self, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from pgtopo.tui.bar import Bar
from pgtopo.tui.compositing import ChangesOnly
from pgtopo.tui.frame import dialog_line
from pgtopo.tui.keys import DIALOG, DialogKeys

R = TypeVar("R")


class Dialog(ModalScreen[R]):
    """A screen over everything else that names its keys."""

    KEYS: ClassVar[DialogKeys] = DIALOG

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > #dialog-keys { dock: bottom; width: 100%; background: $panel; }
    """

    _behind: list[Strip] | None = None
    """The lines of the screen behind, dimmed."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = ChangesOnly()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The screen behind, dimmed.

        Textual dims every segment by itself and lays the lines out anew, several times for each
        dialog that opens; here a style is dimmed once.
        """
        screens = self.app.screen_stack
        behind = screens[max(0, screens.index(self) - 1)] if self in screens else self
        tint = self.styles.background
        if behind is self or tint.a == 1:
            return super().render_lines(crop)
        if self._behind is None:
            dimmed = _Dimmed(tint)
            self._behind = [dimmed.strip(one) for one in behind._compositor.render_strips()]
        width, first, last = self.size.width, *crop.column_span
        missing = crop.bottom - len(self._behind)
        lines = [*self._behind, *[Strip.blank(width)] * missing][crop.y : crop.bottom]
        strips = [one.adjust_cell_length(width).crop(first, last) for one in lines]
        for one in self.get_line_filters():
            strips = [strip.apply_filter(one, self.background_colors[1]) for strip in strips]
        return strips

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint anew; also called for what changes on the screen behind."""
        self._behind = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close, once: a key may be pressed again before the dialog is gone."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Put the keys into the last line: together with the rest, so that all is laid out once."""
        super()._extend_compose(widgets)
        keys = Bar(id="dialog-keys")
        keys.show(dialog_line(self.KEYS))
        widgets.append(keys)


class _Dimmed:
    """Lays a colour over what is painted, and takes what can be clicked out of it."""

    def __init__(self, tint: Color) -> None:
        self._tint = tint
        self._known: dict[Style | None, Style] = {}

    def strip(self, strip: Strip) -> Strip:
        """A line as it looks behind the colour."""
        return Strip(
            [Segment(one.text, self._style(one.style)) for one in strip], strip.cell_length
        )

    def _style(self, style: Style | None) -> Style:
        known = self._known.get(style)
        if known is None:
            bare = (style or Style()).clear_meta_and_links()
            colors = (
                (Color.from_rich_color(one) + self._tint).rich_color if one is not None else None
                for one in (bare.color, bare.bgcolor)
            )
            known = self._known[style] = bare + Style.from_color(*colors)
        return known
