"""The map as an SVG picture."""

from pgtopo.reports.drawing.document import Picture
from pgtopo.reports.drawing.framed import framed
from pgtopo.reports.drawing.svg import svg
from pgtopo.views.style import Style

FORMAT = "svg"


def render(picture: Picture, style: Style) -> bytes:
    """One picture with title, notes and legend; it needs nothing beside itself."""
    return svg(framed(picture), picture.title).encode("utf-8", "xmlcharrefreplace")
