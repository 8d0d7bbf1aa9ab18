"""The status line on narrow terminals: pieces stand apart, and none breaks off unmarked."""

from pgtopo.tui.frame import status_line
from pgtopo.views.lines import Piece, Tone
from tests.tui.screen import on_demo, rested, text_of

TALLY = (Piece("21 servers", Tone.STRONG), Piece("x 14 faulty", Tone.BAD))


def said(pieces: tuple[Piece, ...], width: int) -> str:
    return "".join(piece.text for chunk in status_line(pieces, width) for piece in chunk.pieces)


def test_a_tally_that_does_not_fit_whole_is_left_out() -> None:
    assert said((Piece("m" * 60), *TALLY), 80) == f"{'m' * 60}  21 servers"
    assert said((Piece("m" * 30), *TALLY), 80) == f"{'m' * 30}  21 servers  x 14 faulty"


def test_a_long_message_is_cut_with_a_mark() -> None:
    assert said((Piece("m" * 99), *TALLY), 80) == "m" * 77 + "…"


def test_what_goes_on_is_cut_with_a_mark_where_there_is_room() -> None:
    aside = Piece("path " + "p" * 90, Tone.DIM)
    assert said((*TALLY, aside), 60).endswith("x 14 faulty  path " + "p" * 27 + "…")
    assert said((*TALLY, aside), 36) == "21 servers  x 14 faulty"


async def test_a_message_and_the_tally_stand_apart_at_80_columns() -> None:
    async with on_demo("2", size=(80, 24)) as (app, pilot):
        message = "names and addresses are pseudonyms, copied ones too: p shows real"
        app.say(message)
        await rested(app, pilot)
        line = next(one for one in text_of(app).splitlines() if message in one)
        assert line.strip() == f"{message}  29 servers"
