"""What data can do to a document: nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgtopo.reports import delimited, encode
from pgtopo.views import markdown

HOSTILE = ["\x1b[31m", "\u202e", "\u200b", "\x7f", "\x9b", "\u2028", "\ufeff", "a\nb", "\r"]


@pytest.mark.parametrize("text", HOSTILE)
def test_json_keeps_the_text_and_shows_what_is_invisible(text: str) -> None:
    data = encode.document({"name": text})
    assert json.loads(data) == {"name": text}
    assert all(one.isprintable() or one == "\n" for one in data.decode())


def test_json_takes_what_rows_can_hold() -> None:
    content = {"large": 10**30, "half": "\ud800", "text": "é"}
    assert json.loads(encode.document(content)) == content
    assert json.loads(encode.compact(content)) == content


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**53), 2**53) | st.none()))
def test_json_round_trips(content: dict[str, object]) -> None:
    assert json.loads(encode.document(content)) == content
    assert json.loads(encode.compact(content)) == content


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0", "\t=1", "\r=1"])
def test_csv_never_starts_a_formula(text: str) -> None:
    data = delimited.rows(["name"], [[text]])
    (line,) = csv.DictReader(io.StringIO(data.decode()))
    assert line["name"][0] not in "=+-@\t\r"


def test_csv_numbers_and_switches_stay_what_they_are() -> None:
    data = delimited.rows(["a", "b", "c", "d"], [[-5, True, None, ["x", 1]]])
    assert data == b"a,b,c,d\n-5,true,,x 1\n"


@given(st.text())
def test_csv_round_trips_what_can_be_shown(text: str) -> None:
    (line,) = csv.reader(io.StringIO(delimited.rows(["x"], [[text]]).decode().split("\n", 1)[1]))
    assert line == ([delimited.field(text)] if text else [""]) or (not text and line == [])


@pytest.mark.parametrize("text", ["<script>", "[x](y)", "*b*", "`c`", "a|b", "![i](u)", "# h"])
def test_markdown_shows_text_literally(text: str) -> None:
    shown = markdown.escaped(text)
    assert shown.replace("\\", "") == text
    for at, one in enumerate(shown):
        if one in "<>[]*`|!#":
            assert shown[at - 1] == "\\"


@pytest.mark.parametrize("text", ["a`b", "``", "`", "a``b`c"])
def test_inline_code_survives_backticks(text: str) -> None:
    shown = markdown.code(text)
    fence = shown[: len(shown) - len(shown.lstrip("`"))]
    assert fence not in text
    assert shown.strip("`").strip() == text.strip("`").strip() or text in shown
