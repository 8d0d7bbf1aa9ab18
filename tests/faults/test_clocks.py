"""Clocks that jump: no age, wait or duration below nothing, and no bug."""

from __future__ import annotations

import json
import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pgtopo.model.moments import age, before, seconds_since
from pgtopo.sources.azure import answers
from pgtopo.sources.cache import store
from pgtopo.sources.load import load_files
from pgtopo.sources.write import write_snapshot
from tests.faults.program import GALLERY, HEALTHY, run
from tests.live.conftest import Start, ask
from tests.live.estates import flat
from tests.sources.cache.test_store import REQUEST, kept

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
BELOW_NOTHING = re.compile(r"(?<![\w./-])-\d+(?:\.\d+)? ?(?:s|ms|min|h|d|hours?|days?|seconds?)\b")


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(days=40_000)])
def test_data_from_the_future_has_no_age(ahead: timedelta) -> None:
    stamp = (NOW + ahead).isoformat()
    assert seconds_since(stamp, NOW) == 0
    assert age(stamp, NOW) == "now"
    assert before(stamp, NOW.isoformat()) == "now"


def test_a_date_that_is_over_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    date = "Wed, 21 Oct 2026 07:28:00 GMT"
    for clock in (0.0, 4e9):
        monkeypatch.setattr(time, "time", lambda clock=clock: clock)
        wait = answers.asked_wait({"retry-after": date})
        assert wait is not None
        assert wait >= 0


JUMPING = """
import time
clock, calls = time.time, []
def jumping():
    calls.append(None)
    return clock() + (-1) ** len(calls) * 1e8
time.time = jumping
"""


@pytest.mark.parametrize("stamp", ["1", "4102444800"])
def test_documents_about_data_from_another_time(stamp: str, tmp_path: Path) -> None:
    """Files from long ahead or long ago, read by a machine whose clock jumps by three years."""
    rows = json.loads(GALLERY.read_bytes())["rows"][:20]
    path = tmp_path / "estate.json"
    write_snapshot(path, rows, coverage=None, scope={}, created_at="2040-01-01T00:00:00Z")
    for words in (("check", path, "--fixes", "none"), ("triage", path, "--error", "timed out")):
        ran = run(*words, home=tmp_path, before=JUMPING, variables={"SOURCE_DATE_EPOCH": stamp})
        assert ran.returncode in (0, 1), ran.stderr
        assert not BELOW_NOTHING.search(ran.stdout.decode() + ran.stderr.decode())


def test_a_collection_while_the_clock_jumps(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = time.time
    calls: list[None] = []

    def jumping() -> float:
        calls.append(None)
        return clock() + (1e6 if len(calls) % 2 else -1e6)

    stand_in = start(flat(60))
    stand_in.graph.largest_page = 20
    monkeypatch.setattr(time, "time", jumping)
    found = ask(stand_in)
    assert found.is_whole
    assert datetime.fromisoformat(found.created_at)


def test_a_kept_result_from_the_future_is_found_and_replaced(tmp_path: Path) -> None:
    store.Store(tmp_path / "cache").put(kept(created_at="2099-01-01T00:00:00Z"))
    store.Store(tmp_path / "cache").put(kept(text=b"new", created_at="2026-01-01T00:00:00Z"))
    found = store.Store(tmp_path / "cache").get(store.key_of(REQUEST))
    assert found is not None
    assert found.snapshot == b"new"


def test_a_kept_result_outlives_a_jump(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing kept expires by the clock: it is shown with its age until it is asked for anew."""
    store.Store(tmp_path / "cache").put(kept())
    for clock in (0.0, 4e9):
        monkeypatch.setattr(time, "time", lambda clock=clock: clock)
        assert store.Store(tmp_path / "cache").get(store.key_of(REQUEST)) == kept()


def test_a_file_with_a_time_long_ahead_is_read(tmp_path: Path) -> None:
    path = tmp_path / "estate.json"
    path.write_bytes(HEALTHY.read_bytes())
    for moment in (0, 2**33):
        os.utime(path, (moment, moment))
        loaded = load_files([path])
        row = next(iter(loaded.topology.resources()))
        assert row.origin is not None
        assert loaded.rows.raw(row.origin)
