"""The main screen: no bindings of its own, so that the key table alone decides."""

from textual.screen import Screen

from pgtopo.tui.compositing import ChangesOnly
from pgtopo.tui.painting import Painting


class Desktop(Screen[None], inherit_bindings=False):
    """What everything is mounted on."""

    DEFAULT_CSS = """
    Desktop { layout: vertical; background: $background; }
    Desktop #where { background: $surface; }
    Desktop #banner { background: $warning 15%; display: none; }
    Desktop #banner.on { display: block; }
    Desktop #banner.trying { background: $secondary 35%; }
    Desktop #live { background: $primary 15%; display: none; }
    Desktop #live.on { display: block; }
    Desktop #body { height: 1fr; }
    Desktop #status { background: $surface; }
    Desktop #keys { background: $panel; }
    Desktop Pane { display: none; }
    Desktop Pane.on { display: block; }
    Desktop #tree-pane { width: 45%; }
    Desktop #problems-pane { width: 50%; }
    Desktop #triage-pane { width: 42%; }
    Desktop #grid-pane { width: 55%; }
    Desktop #map-pane { width: 66%; }
    Desktop .alone { width: 1fr !important; border: none !important; }
    Desktop #detail-pane, Desktop #side-pane { border-left: vkey $panel-lighten-2; }
    Desktop.plain #detail-pane, Desktop.plain #side-pane { border: none; margin-left: 1; }
    Desktop.huge #grid-pane { width: 48%; }
    Desktop.huge #tree-pane, Desktop.huge #problems-pane { width: 36%; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._compositor = ChangesOnly()

    def on_screen_suspend(self) -> None:
        """Name the keys of the dialog that covers the screen."""
        self._paint_keys()

    def on_screen_resume(self) -> None:
        """Name the keys of the screen again."""
        self._paint_keys()

    def _paint_keys(self) -> None:
        app: Painting = self.app  # type: ignore[assignment]
        app.paint_keys()
