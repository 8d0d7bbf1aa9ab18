"""Text can be read in every theme, and dialogs keep to ASCII where only that can be shown."""

import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from pgtopo.tui.palette import CONTRAST, GROUNDS, contrast, tone_styles
from pgtopo.tui.themes import THEMES
from pgtopo.views.lines import Tone
from tests.tui.screen import CONTOSO, opened, rested, text_of

_EVERY = {theme.name: theme for theme in (*THEMES, *BUILTIN_THEMES.values())}

_TERMINALS_OWN = {"ansi-dark", "ansi-light"}
"""Themes that leave colours to the terminal, so that nobody here knows them."""


def _colour(style: Style) -> Color | None:
    return Color.from_rich_color(style.color) if style.color is not None else None


@pytest.mark.parametrize("name", sorted(set(_EVERY) - _TERMINALS_OWN))
def test_every_tone_is_read_on_every_ground(name: str) -> None:
    theme = _EVERY[name]
    variables = theme.to_color_system().generate() | theme.variables
    grounds = [Color.parse(variables[one]) for one in GROUNDS]
    for tone, style in tone_styles(variables).items():
        colour = _colour(style)
        if colour is None:
            assert tone in (Tone.PLAIN, Tone.STRONG)
            continue
        for ground in grounds:
            assert contrast(colour, ground) >= CONTRAST - 0.1, (tone, ground)


@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
def test_plain_text_is_read_in_the_themes_of_pgtopo(name: str) -> None:
    theme = _EVERY[name]
    variables = theme.to_color_system().generate() | theme.variables
    for ground in GROUNDS:
        assert contrast(Color.parse(variables["foreground"]), Color.parse(variables[ground])) >= 7


def test_contrast_goes_from_one_to_twenty_one() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == 1


@pytest.mark.parametrize("theme", ["high-contrast", "pgtopo-light"])
async def test_the_row_under_the_cursor_has_one_colour(theme: str) -> None:
    async with opened(CONTOSO, theme=theme, keys=("3",)) as (app, pilot):
        await rested(app, pilot)
        grid = app.front_list()
        row = grid.paint_row(grid.cursor, grid.row_width, Style(), has_cursor=True)
        assert {segment.style for segment in row if segment.style} == {Style(reverse=True)}
        other = grid.paint_row(grid.cursor, grid.row_width, Style(), has_cursor=False)
        assert len({segment.style for segment in other}) > 2


async def test_dialogs_draw_no_frames_in_plain_characters() -> None:
    async with opened(CONTOSO, is_ascii=True, size=(80, 24)) as (app, pilot):
        for keys in (("colon",), ("question_mark",), ("6", "enter"), ("7", "enter"), ("i",)):
            for key in keys:
                await pilot.press(key)
                await rested(app, pilot)
            assert text_of(app).isascii(), keys
            await pilot.press("escape")
            await rested(app, pilot)
