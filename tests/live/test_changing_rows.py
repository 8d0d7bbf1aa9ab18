"""Rows that come and go while they are read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.live.conftest import Start, ask, ids_in, ids_of, statuses
from tests.live.estates import FIRST, NSG, flat, nsg
from tests.live.test_odd_answers import is_page_of_nsgs
from tests.stand_in.estate import Estate
from tests.stand_in.server import Call

ROWS, PAGE = 200, 40


def first_goes(estate: Estate, _turn: int) -> None:
    estate.remove(nsg(0)["id"])


def one_comes_first(estate: Estate, turn: int) -> None:
    estate.put(nsg(0, FIRST) | {"id": f"/subscriptions/{FIRST}/a{turn}"})


def one_goes_and_one_comes(estate: Estate, _turn: int) -> None:
    estate.remove(nsg(2)["id"])
    estate.put(nsg(99_998))


def one_changes_its_text(estate: Estate, _turn: int) -> None:
    estate.put(nsg(0, size=10))


def letters_change_case(estate: Estate, _turn: int) -> None:
    row = nsg(ROWS - 2)
    estate.put(row | {"id": row["id"].replace("resourceGroups", "RESOURCEGROUPS")})


CHANGES = [
    first_goes,
    one_comes_first,
    one_goes_and_one_comes,
    one_changes_its_text,
    letters_change_case,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_rows_that_change_between_pages(
    change: Callable[[Estate, int], None], start: Start
) -> None:
    stand_in = start(flat(ROWS))
    stand_in.graph.largest_page = PAGE
    pages = 0

    def before_the_third(call: Call) -> None:
        nonlocal pages
        pages += is_page_of_nsgs(call)
        if pages == 3 and is_page_of_nsgs(call):
            change(stand_in.estate, pages)

    stand_in.fault = before_the_third
    found = ask(stand_in, has_arm_reads=False)
    assert ids_of(found) == ids_in(stand_in.estate)
    assert set(statuses(found, NSG).values()) == {"read"}


def test_rows_that_never_settle_are_told(start: Start) -> None:
    stand_in = start(flat(ROWS))
    stand_in.graph.largest_page = PAGE

    def always(call: Call) -> None:
        if is_page_of_nsgs(call):
            one_comes_first(stand_in.estate, call.number)

    stand_in.fault = always
    found = ask(stand_in, has_arm_reads=False)
    assert set(statuses(found, NSG).values()) == {"partial"}
    assert set(ids_of(found)) >= set(ids_in(flat(ROWS)))
    assert set(ids_of(found).values()) == {1}


def test_pages_are_followed_by_token_only(start: Start) -> None:
    stand_in = start(flat(ROWS))
    stand_in.graph.largest_page = PAGE
    ask(stand_in, has_arm_reads=False)
    options = [call.body["options"] for call in stand_in.queries() if is_page_of_nsgs(call)]
    assert len(options) == ROWS / PAGE
    assert all("$skip" not in one for one in options)
    assert [bool(one.get("$skipToken")) for one in options] == [False, True, True, True, True]
