"""The map as text, as the terminal interface draws it."""

from pgtopo.reports.drawing.document import Picture
from pgtopo.views.map.as_text import text_of
from pgtopo.views.style import Style

FORMAT = "text"


def render(picture: Picture, style: Style) -> bytes:
    """The drawing with its title, its notes, and what the wires mean."""
    lines = [style.painted(picture.title, "strong"), *(f"? {note}" for note in picture.notes), ""]
    return ("\n".join(lines) + "\n" + text_of(picture.drawing, style) + "\n").encode()
