"""What widgets need of the app in order to paint."""

from typing import Protocol

from pgtopo.tui.paint import Painter


class Painting(Protocol):
    """An app that holds the painter of its theme."""

    @property
    def painter(self) -> Painter:
        """The painter of the theme at hand."""
