"""How tones look in the theme at hand: the only place where a tone becomes a colour."""

from collections.abc import Sequence

from rich.style import Style
from textual.color import BLACK, WHITE, Color

from pgtopo.views.lines import Tone

_COLOURS = {
    Tone.BAD: "text-error",
    Tone.RISK: "text-warning",
    Tone.MIXED: "text-accent",
    Tone.GOOD: "text-success",
    Tone.UNKNOWN: "text-secondary",
    Tone.TITLE: "text-primary",
    Tone.LINK: "text-primary",
    Tone.CODE: "text-accent",
    Tone.HIT: "text-warning",
}
_BOLD = (Tone.TITLE, Tone.BAD, Tone.RISK, Tone.MIXED, Tone.STRONG)
GROUNDS = ("background", "surface", "panel")
"""The colours of a theme that text stands on."""
CONTRAST = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""
_SHIFTS = 20


def tone_styles(variables: dict[str, str]) -> dict[Tone, Style]:
    """The style of each tone, with the colours of a theme; made readable where they are not."""
    text = Color.parse(variables["foreground"])
    grounds = [Color.parse(variables[name]) for name in GROUNDS]
    styles = {tone: Style() for tone in Tone}
    for tone, name in _COLOURS.items():
        colour = _readable(Color.parse(variables[name]), grounds)
        styles[tone] = Style(color=colour.rich_color)
    styles[Tone.INFO] = _faded(text, grounds, 0.85)
    styles[Tone.DIM] = _faded(text, grounds, 0.62)
    styles[Tone.GHOST] = _faded(text, grounds, 0.62) + Style(italic=True)
    for tone in _BOLD:
        styles[tone] += Style(bold=True)
    return styles


def _faded(text: Color, grounds: Sequence[Color], share: float) -> Style:
    """The text colour mixed into the background; the terminal's own dim where it has no mixing."""
    if text.ansi is not None or grounds[0].ansi is not None:
        return Style(dim=share < 0.8)
    return Style(color=_readable(grounds[0].blend(text, share), grounds).rich_color)


def _readable(colour: Color, grounds: Sequence[Color]) -> Color:
    """The colour, made lighter or darker as far as it takes to be read on every ground."""
    if colour.ansi is not None or any(ground.ansi is not None for ground in grounds):
        return colour
    pole = max((WHITE, BLACK), key=lambda end: _least(end, grounds))
    shades = (colour.blend(pole, step / _SHIFTS) for step in range(_SHIFTS))
    return next((one for one in shades if _least(one, grounds) >= CONTRAST), pole)


def _least(colour: Color, grounds: Sequence[Color]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def contrast(one: Color, other: Color) -> float:
    """How well one colour is read on the other: 1 is not at all, 21 black on white (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
