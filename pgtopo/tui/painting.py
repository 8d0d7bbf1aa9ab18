"""What widgets need of the app in order to paint."""

from typing import Protocol

from pgtopo.tui.paint import Painter


class Painting(Protocol):
    """An app that holds the painter of its theme."""

    @property
    def painter(self) -> Painter:
        """The painter of the theme at hand."""

    def paint_keys(self) -> None:
        """Name the keys of the dialog that is open, else of what has focus."""
