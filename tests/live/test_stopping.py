"""Collections that are cancelled, and what they tell on the way."""

from __future__ import annotations

import threading
import time

import pytest

from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.request import Progress, Stage
from tests.live.conftest import Start, ask, ids_in, ids_of, statuses
from tests.live.estates import FIRST, NSG, RULES, flat, with_servers
from tests.live.test_odd_answers import is_page_of_nsgs
from tests.stand_in.reply import Reply, error
from tests.stand_in.server import Call

WAIT = 60
"""Seconds for which Azure says nothing, or asks to wait."""


@pytest.mark.parametrize(
    "odd",
    [
        Reply(200, b"{}" + b" " * 100, pause=WAIT),
        error(429, "RateLimiting", "slow", None, {"Retry-After": str(WAIT)}),
        Reply(503, b"", {"Retry-After": str(WAIT)}),
    ],
    ids=["in the middle of an answer", "while throttled", "between two tries"],
)
def test_a_cancelled_collection_ends_at_once_with_what_it_has(odd: Reply, start: Start) -> None:
    stand_in = start(flat(200))
    stand_in.graph.largest_page = 40
    cancel = threading.Event()
    pages = 0
    asked_at: list[float] = []

    def stop() -> None:
        asked_at.append(time.monotonic())
        cancel.set()

    def third(call: Call) -> Reply | None:
        nonlocal pages
        pages += is_page_of_nsgs(call)
        if pages < 3 or not is_page_of_nsgs(call):
            return None
        threading.Timer(0.3, stop).start()
        return odd

    stand_in.fault = third
    found = ask(stand_in, None, cancel, timing=Timing(), has_arm_reads=True)
    assert time.monotonic() - asked_at[0] < WAIT / 2, "it was waited for"
    assert found.is_cancelled
    assert not found.is_whole
    assert len(ids_of(found, NSG)) == 80
    assert set(statuses(found, NSG).values()) == {"partial"}
    assert set(statuses(found, RULES).values()) == {"failed"}
    kinds = {one["kind"] for one in found.coverage}
    assert "microsoft.authorization/locks" in kinds


def test_cancelled_before_it_began(start: Start) -> None:
    cancel = threading.Event()
    cancel.set()
    found = ask(start(flat(3)), None, cancel)
    assert found.is_cancelled
    assert found.rows == []


def test_cancelled_among_the_reads(start: Start) -> None:
    stand_in = start(with_servers(3))
    cancel = threading.Event()

    def stop(call: Call) -> Reply | None:
        if call.path.endswith("/firewallRules"):
            cancel.set()
            return Reply(200, b'{"value": []}', pause=1.0)
        return None

    stand_in.fault = stop
    found = ask(stand_in, None, cancel)
    assert found.is_cancelled
    assert set(statuses(found, RULES).values()) <= {"failed", "partial", "read"}
    assert "failed" in statuses(found, RULES).values()
    assert statuses(found, "microsoft.network/networksecuritygroups") == {
        f"/subscriptions/{FIRST}": "read"
    }


def test_progress_tells_the_truth(start: Start) -> None:
    stand_in = start(flat(200))
    stand_in.graph.largest_page = 40
    stand_in.graph.quota = 15
    told: list[Progress] = []
    here = threading.get_ident()
    threads: set[int] = set()

    def listen(progress: Progress) -> None:
        threads.add(threading.get_ident())
        told.append(progress)

    found = ask(stand_in, listen, timing=Timing())
    assert threads == {here}
    last = told[-1]
    assert last.stage is Stage.DONE
    assert last.parts_done == last.parts_total > 5
    assert last.rows == len(found.rows) == len(ids_in(stand_in.estate))
    assert last.bytes > sum(len(row) for row in found.rows)
    assert last.quota_left is not None
    assert [one.rows for one in told] == sorted(one.rows for one in told)
    assert [one.elapsed for one in told] == sorted(one.elapsed for one in told)


def test_queries_keep_the_pace_azure_allows(start: Start) -> None:
    stand_in = start(flat(1000))
    stand_in.graph.largest_page = 40
    stand_in.graph.window = 0.5
    stand_in.graph.quota = 15
    found = ask(stand_in, timing=Timing(second=0.1), has_arm_reads=False)
    refused = [call for call in stand_in.calls if call.status == 429]
    assert ids_of(found) == ids_in(stand_in.estate)
    assert len(refused) < len(stand_in.queries()) / 4
