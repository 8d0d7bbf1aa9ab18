"""Text from data is shown as it is, and fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgtopo.views.literal import printable
from pgtopo.views.style import Style
from pgtopo.views.text_table import Heading, table
from pgtopo.views.width import columns, cut_off, elided, padded


@given(st.text())
def test_everything_shown_is_visible(text: str) -> None:
    assert printable(text).isprintable()


@given(st.text().filter(str.isprintable))
def test_clean_text_is_untouched(text: str) -> None:
    assert printable(text) is text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m", "a\\x1b[31m"),
        ("\u202e", "\\u202e"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x00\x7f\x9b", "\\x00\\x7f\\x9b"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("Größe 東京 ✔", "Größe 東京 ✔"),
    ],
)
def test_what_is_invisible_is_spelled_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text(st.characters(exclude_categories=["C", "M"])), st.integers(1, 30))
def test_elided_text_fits_and_keeps_both_ends(text: str, width: int) -> None:
    shown = elided(text, width)
    assert columns(shown) <= width
    if columns(text) <= width:
        assert shown == text


def test_wide_characters_count_twice() -> None:
    assert columns("東京") == 4
    assert columns("e\u0301") == 1
    assert padded("東", 4) == "東  "
    assert padded("7", 3, is_right=True) == "  7"


def test_a_table_leaves_out_columns_rather_than_squeezing_them() -> None:
    headings = [Heading(title) for title in ("FIRST", "SECOND", "THIRD")]
    rows = [["a" * 30, "b" * 30, "c" * 30]]
    full = table(headings, rows, Style())
    assert full[1] == f"{'a' * 30}  {'b' * 30}  {'c' * 30}"
    narrow = table(headings, rows, Style(width=40))
    assert all(len(line) <= 40 for line in narrow[:2])
    assert "THIRD" in narrow[2]
    assert "…" in narrow[1]
    assert "…" not in "".join(table(headings, rows, Style(width=40, is_ascii=True)))


def test_colour_only_where_asked_for() -> None:
    assert "\x1b[" in table([Heading("A")], [], Style(has_color=True))[0]
    assert table([Heading("A")], [["x\x1b[31m"]], Style())[1] == "x\\x1b[31m"


def test_sentences_are_cut_at_their_end() -> None:
    assert cut_off("The zone is not linked", 10) == "The zone …"
    assert cut_off("short", 10) == "short"
    lines = table([Heading("A", is_prose=True)], [["The zone is not linked"]], Style(width=10))
    assert lines[1] == "The zone …"
