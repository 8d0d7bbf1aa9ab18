"""Textual's command palette, for windows of any size."""

from textual.app import ComposeResult
from textual.command import CommandList, CommandPalette

from pgtopo.tui.bar import Bar
from pgtopo.tui.frame import dialog_line
from pgtopo.tui.painting import Painting

_KEYS = (("letters", "narrow"), ("↑ ↓", "move"), ("enter", "run"), ("esc", "leave"))


class AnySizeCommandPalette(CommandPalette):
    """Moves through its list only where the window has room to lay it out.

    Without room Textual's list knows no line of its options, and paging through them raises.
    """

    DEFAULT_CSS = """
    AnySizeCommandPalette SearchIcon { display: none; }
    AnySizeCommandPalette #palette-keys { dock: bottom; width: 100%; background: $panel; }
    AnySizeCommandPalette.plain > Vertical { border: none; }
    AnySizeCommandPalette.plain #--input { border: none; height: 1; }
    AnySizeCommandPalette.plain CommandList { border: none; scrollbar-size-vertical: 0; }
    """

    def compose(self) -> ComposeResult:
        """The palette, and its keys in the last line, where nothing dims them."""
        yield from super().compose()
        yield Bar(id="palette-keys")

    def on_mount(self) -> None:
        """Name the keys; draw no frame where there are only plain characters."""
        app: Painting = self.app  # type: ignore[assignment]
        self.set_class(app.painter.is_ascii, "plain")
        self.query_one("#palette-keys", Bar).show(dialog_line(_KEYS))

    def _action_command_list(self, action: str) -> None:
        if all(one.scrollable_content_region for one in self.query(CommandList)):
            super()._action_command_list(action)
