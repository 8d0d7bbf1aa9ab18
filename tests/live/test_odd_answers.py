"""Every way in which Azure is known to answer oddly; no row is lost or doubled in any."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live.conftest import Start, ask, ids_in, ids_of, statuses
from tests.live.estates import FIRST, NSG, SECOND, flat, nsg
from tests.stand_in.reply import Reply, error
from tests.stand_in.server import Call, StandIn

ROWS = 250
PAGE = 40

Odd = Callable[[StandIn, Call], Reply]


def whole_answer(stand_in: StandIn, call: Call) -> Reply:
    return stand_in.graph.answer(call.body)


def throttled_with_header(_one: StandIn, _call: Call) -> Reply:
    return error(429, "RateLimiting", "slow", ("RateLimiting", "slow"), {"Retry-After": "1"})


def throttled_with_quota(_one: StandIn, _call: Call) -> Reply:
    headers = {"x-ms-user-quota-remaining": "0", "x-ms-user-quota-resets-after": "00:00:03"}
    return error(429, "RateLimiting", "slow", ("RateLimiting", "slow"), headers)


def throttled_without_header(_one: StandIn, _call: Call) -> Reply:
    return error(429, "RateLimiting", "slow", ("RateLimiting", "slow"))


def throttled_in_two_bytes(_one: StandIn, _call: Call) -> Reply:
    return Reply(429, b'""')


def throttled_in_no_byte(_one: StandIn, _call: Call) -> Reply:
    return Reply(429, b"")


def throttled_until_a_date(_one: StandIn, _call: Call) -> Reply:
    return Reply(429, b"null", {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})


def proxy_error(_one: StandIn, _call: Call) -> Reply:
    return Reply(502, b"<html><body>Bad Gateway</body></html>", kind="text/html")


def proxy_page_with_200(_one: StandIn, _call: Call) -> Reply:
    return Reply(200, b"<html><body>Please log in</body></html>", kind="text/html")


def unavailable(_one: StandIn, _call: Call) -> Reply:
    return error(503, "ServiceUnavailable", "try later", None, {"Retry-After": "2"})


def truncated_json(stand_in: StandIn, call: Call) -> Reply:
    body = whole_answer(stand_in, call).body
    return Reply(200, body[: len(body) // 2])


def empty_body(_one: StandIn, _call: Call) -> Reply:
    return Reply(200, b"")


def a_list(_one: StandIn, _call: Call) -> Reply:
    return Reply(200, b"[]")


def slow_body(stand_in: StandIn, call: Call) -> Reply:
    answer = whole_answer(stand_in, call)
    answer.pause = 0.2
    return answer


def cut_connection(stand_in: StandIn, call: Call) -> Reply:
    answer = whole_answer(stand_in, call)
    answer.cut = len(answer.body) // 3
    return answer


def cut_before_the_body(stand_in: StandIn, call: Call) -> Reply:
    answer = whole_answer(stand_in, call)
    answer.cut = 0
    return answer


def too_large(_one: StandIn, _call: Call) -> Reply:
    inner = ("ResponsePayloadTooLarge", "Response payload size is 17000000")
    return error(400, "BadRequest", "Please provide below info", inner)


def expired_token(_one: StandIn, _call: Call) -> Reply:
    return error(401, "ExpiredAuthenticationToken", "The access token expiry is past.")


ODDITIES = [
    throttled_with_header,
    throttled_with_quota,
    throttled_without_header,
    throttled_in_two_bytes,
    throttled_in_no_byte,
    throttled_until_a_date,
    proxy_error,
    proxy_page_with_200,
    unavailable,
    truncated_json,
    empty_body,
    a_list,
    slow_body,
    cut_connection,
    cut_before_the_body,
    too_large,
    expired_token,
]


FIRST_PAGE = [throttled_without_header, truncated_json, too_large, expired_token]
"""What is tried on the first page too; the others are met there in one collection, below."""


@pytest.mark.parametrize(
    ("odd", "at"),
    [*((odd, 4) for odd in ODDITIES), *((odd, 1) for odd in FIRST_PAGE)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_no_row_is_lost_or_doubled(odd: Odd, at: int, start: Start, chain: Path) -> None:
    stand_in = start(flat(ROWS), chain)
    stand_in.graph.largest_page = PAGE
    met: list[int] = []
    lock = threading.Lock()

    def once(call: Call) -> Reply | None:
        with lock:
            if not is_page_of_nsgs(call) or at in met:
                return None
            met.append(len(met) + 1)
            return odd(stand_in, call) if met[-1] == at else None

    stand_in.fault = once
    found = ask(stand_in, has_arm_reads=False, certificates=chain)
    assert met[-1] == at
    assert ids_of(found) == ids_in(stand_in.estate)
    assert set(statuses(found, NSG).values()) == {"read"}
    assert found.is_whole


def is_page_of_nsgs(call: Call) -> bool:
    return f"'{NSG}'" in call.query and "project" in call.query


def test_every_answer_is_odd_once(start: Start) -> None:
    stand_in = start(flat(ROWS))
    stand_in.graph.largest_page = PAGE
    left = [odd for odd in ODDITIES if odd is not expired_token]
    lock = threading.Lock()

    def by_turns(call: Call) -> Reply | None:
        with lock:
            odd = left.pop() if call.number % 2 and left and call.is_query else None
        return odd(stand_in, call) if odd else None

    stand_in.fault = by_turns
    found = ask(stand_in, has_arm_reads=False)
    assert not left
    assert ids_of(found) == ids_in(stand_in.estate)
    assert found.is_whole


@pytest.mark.parametrize("odd", [proxy_error, truncated_json, throttled_without_header])
def test_a_query_that_never_succeeds_leaves_the_others_whole(odd: Odd, start: Start) -> None:
    stand_in = start(flat(60))
    stand_in.fault = lambda call: odd(stand_in, call) if is_page_of_nsgs(call) else None
    found = ask(stand_in, has_arm_reads=False)
    assert set(statuses(found, NSG).values()) == {"failed"}
    kinds = {one["kind"] for one in found.coverage if one["status"] == "read"}
    assert "microsoft.network/virtualnetworks" in kinds
    assert not found.is_whole
    assert ids_of(found) == ids_in(stand_in.estate, "microsoft.resources/subscriptions")


def test_pages_before_a_lasting_fault_are_kept(start: Start) -> None:
    stand_in = start(flat(ROWS))
    stand_in.graph.largest_page = PAGE

    def after_two(call: Call) -> Reply | None:
        pages = [one for one in stand_in.calls if is_page_of_nsgs(one) and one is not call]
        return Reply(500) if is_page_of_nsgs(call) and len(pages) >= 2 else None

    stand_in.fault = after_two
    found = ask(stand_in, has_arm_reads=False)
    assert len(ids_of(found, NSG)) == 2 * PAGE
    assert set(statuses(found, NSG).values()) == {"partial"}


def test_a_wait_that_is_too_long_is_not_waited_for(start: Start) -> None:
    stand_in = start(flat(3))
    stand_in.fault = lambda call: (
        error(429, "RateLimiting", "slow", None, {"Retry-After": "86400"})
        if is_page_of_nsgs(call)
        else None
    )
    found = ask(stand_in, has_arm_reads=False)
    assert {gap.detail for gap in found.gaps} == {"Azure asks to wait 86400 s"}


def test_pages_shrink_until_they_fit(start: Start) -> None:
    stand_in = start(flat(300, size=2000))
    stand_in.graph.largest_body = 100_000
    found = ask(stand_in, has_arm_reads=False)
    assert ids_of(found) == ids_in(stand_in.estate)
    asked = {call.body["options"]["$top"] for call in stand_in.queries()}
    assert min(asked) < 50
    assert found.is_whole


def test_pages_grow_again_behind_large_rows(start: Start) -> None:
    estate = flat(700)
    for number in range(250, 254):
        estate.put(nsg(number, FIRST, size=24_000))
    stand_in = start(estate)
    stand_in.graph.largest_body = 100_000
    found = ask(stand_in, has_arm_reads=False)
    assert ids_of(found) == ids_in(estate)
    pages = [call for call in stand_in.queries() if is_page_of_nsgs(call)]
    assert len(pages) < 50
    assert pages[-1].body["options"]["$top"] > 30


def test_a_row_too_large_for_any_page_is_told(start: Start) -> None:
    stand_in = start(flat(3, size=5000))
    stand_in.graph.largest_body = 4000
    found = ask(stand_in, has_arm_reads=False)
    assert set(statuses(found, NSG).values()) == {"failed"}
    assert any("ResponsePayloadTooLarge" in gap.detail for gap in found.gaps)


def test_tokens_that_expire_on_the_way_are_renewed(start: Start, chain: Path) -> None:
    stand_in = start(flat(ROWS), chain)
    stand_in.graph.largest_page = PAGE

    def every_second_page(call: Call) -> None:
        if is_page_of_nsgs(call) and call.number % 2:
            stand_in.tokens.update(one.token for one in stand_in.calls)

    stand_in.fault = every_second_page
    found = ask(stand_in, certificates=chain)
    assert ids_of(found, NSG) == ids_in(stand_in.estate, NSG)
    assert found.is_whole
    assert len({call.token for call in stand_in.calls}) > 3


def test_a_token_that_stays_refused_ends_the_collection(start: Start) -> None:
    stand_in = start(flat(10))
    stand_in.fault = lambda call: expired_token(stand_in, call) if is_page_of_nsgs(call) else None
    found = ask(stand_in, has_arm_reads=False)
    assert set(statuses(found, NSG).values()) == {"failed"}
    assert not found.is_cancelled
    assert not found.is_whole


def test_one_denied_subscription_leaves_the_other_whole(start: Start) -> None:
    stand_in = start(flat(20))
    stand_in.graph.unreadable = {SECOND}
    found = ask(stand_in, subscriptions=(FIRST, SECOND), has_arm_reads=False)
    mine = {one: 1 for one in ids_in(stand_in.estate) if FIRST in one}
    assert ids_of(found) == mine
    assert statuses(found, NSG) == {
        f"/subscriptions/{FIRST}": "read",
        f"/subscriptions/{SECOND}": "denied",
    }
    assert found.scope["missing"] == [SECOND]


@pytest.mark.parametrize("named", [(), (FIRST, SECOND)], ids=["all", "by name"])
def test_a_request_denied_for_one_subscription_is_asked_again_without_it(
    named: tuple[str, ...], start: Start
) -> None:
    stand_in = start(flat(20))

    def strict(call: Call) -> Reply | None:
        is_denied = is_page_of_nsgs(call) and SECOND in call.body.get("subscriptions", [SECOND])
        return error(403, "AuthorizationFailed", "no access") if is_denied else None

    stand_in.fault = strict
    found = ask(stand_in, subscriptions=named, has_arm_reads=False)
    assert len(ids_of(found, NSG)) == 10
    assert statuses(found, NSG) == {
        f"/subscriptions/{FIRST}": "read",
        f"/subscriptions/{SECOND}": "denied",
    }
    told = {one["detail"] for one in found.coverage if one["kind"] == NSG and "detail" in one}
    assert any("needs Microsoft.Network/networkSecurityGroups/read" in text for text in told)


def test_rows_in_table_form_are_read(start: Start) -> None:
    stand_in = start(flat(30))

    def as_table(call: Call) -> Reply | None:
        if not call.is_query:
            return None
        body = json.loads(whole_answer(stand_in, call).body)
        names = list(body["data"][0]) if body["data"] else []
        columns = [{"name": name, "type": "string"} for name in names]
        body["data"] = {"columns": columns, "rows": [list(row.values()) for row in body["data"]]}
        return Reply(200, json.dumps(body).encode())

    stand_in.fault = as_table
    found = ask(stand_in, has_arm_reads=False)
    assert ids_of(found) == ids_in(stand_in.estate)
