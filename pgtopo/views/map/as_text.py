"""A drawing as plain or coloured text, for files, pipes and terminals without an interface."""

from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.canvas import Canvas
from pgtopo.views.map.drawing import Drawing
from pgtopo.views.map.plain import plain
from pgtopo.views.style import PLAIN, Style

_TONES = {
    Tone.BAD: "bad",
    Tone.MIXED: "mixed",
    Tone.RISK: "risk",
    Tone.UNKNOWN: "unknown",
    Tone.GOOD: "good",
    Tone.DIM: "quiet",
    Tone.GHOST: "quiet",
    Tone.STRONG: "strong",
    Tone.TITLE: "strong",
}


def text_of(drawing: Drawing, style: Style = PLAIN) -> str:
    """The drawing as lines of text, ASCII and colour as the style has it."""
    canvas = Canvas(drawing)
    return "\n".join("".join(_shown(one, style) for one in row) for row in canvas.rows())


def _shown(one: Piece, style: Style) -> str:
    text = plain(one.text) if style.is_ascii else one.text
    return style.painted(text, _TONES.get(one.tone, "")) if text.strip() else text
