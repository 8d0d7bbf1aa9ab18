"""How tones look in the theme at hand: the only place where a tone becomes a colour."""

from rich.style import Style
from textual.color import Color

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


def tone_styles(variables: dict[str, str]) -> dict[Tone, Style]:
    """The style of each tone, with the colours of a theme."""
    text = Color.parse(variables["foreground"])
    ground = Color.parse(variables["background"])
    styles = {tone: Style() for tone in Tone}
    for tone, name in _COLOURS.items():
        styles[tone] = Style(color=Color.parse(variables[name]).rich_color)
    styles[Tone.INFO] = _faded(text, ground, 0.85)
    styles[Tone.DIM] = _faded(text, ground, 0.62)
    styles[Tone.GHOST] = _faded(text, ground, 0.62) + Style(italic=True)
    for tone in _BOLD:
        styles[tone] += Style(bold=True)
    return styles


def _faded(text: Color, ground: Color, share: float) -> Style:
    """The text colour mixed into the background; the terminal's own dim where it has no mixing."""
    if text.ansi is not None or ground.ansi is not None:
        return Style(dim=share < 0.8)
    return Style(color=ground.blend(text, share).rich_color)
