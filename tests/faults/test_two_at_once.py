"""Two programs on one cache, one file, one list of suppressions: neither harms the other."""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from pgtopo.cli import result_file
from pgtopo.sources.cache import store
from pgtopo.tui import recent, suppressions
from tests.sources.cache.test_store import kept, numbered

TIMES = 30
FAULTS = (
    "",
    "its database is locked by another program",
    "its database takes too long to look at",
)
"""What a program may find that shares a cache, on a busy machine."""


def at_once(*jobs: Callable[[], None]) -> None:
    """Run each job in a process of its own, all at the same time."""
    reads, writes = os.pipe()
    children = [_forked(job, reads, writes) for job in jobs]
    os.close(writes)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(reads)
    assert codes == [0] * len(jobs)


def _forked(job: Callable[[], None], reads: int, writes: int) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.close(writes)
        os.read(reads, 1)  # ends for all when the last one is there
        job()
        code = 0
    except BaseException:  # noqa: BLE001  told, and the child leaves with 1
        traceback.print_exc()
    finally:
        os._exit(code)


def test_one_result_file(tmp_path: Path) -> None:
    path = tmp_path / "out.json"

    def write(letter: str) -> None:
        for _ in range(TIMES):
            result_file.write([b"[", json.dumps(letter * 50_000).encode(), b"]"], str(path))
            (text,) = json.loads(path.read_bytes())
            assert set(text) in ({"a"}, {"b"})
            assert len(text) == 50_000

    at_once(lambda: write("a"), lambda: write("b"))
    assert list(tmp_path.iterdir()) == [path]


def test_one_cache(tmp_path: Path) -> None:
    """Whoever finds it locked goes on in memory; what is on disk is whole."""
    folder = tmp_path / "cache"
    store.Store(folder).put(kept(numbered(0)))

    def use(number: int) -> None:
        for time in range(TIMES):
            used = store.Store(folder)
            mine = kept(numbered(number), bytes([time]) * 20_000)
            used.put(mine)
            assert used.get(mine.about.key) is not None
            assert used.fault in FAULTS

    at_once(lambda: use(1), lambda: use(2))
    last = store.Store(folder)
    requests = {about.request for about in last.entries()}
    assert numbered(0) in requests
    assert requests <= {numbered(0), numbered(1), numbered(2)}
    for about in last.entries():
        found = last.get(about.key)
        assert found is not None
        assert len(set(found.snapshot)) == 1 or found.snapshot == b"packed"


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("PGTOPO_CONFIG", raising=False)
    return tmp_path


def test_one_list_of_suppressions(own_folders: Path) -> None:
    def add(word: str) -> None:
        for number in range(TIMES):
            suppressions.add(f'[[suppress]]\ncheck = "PGT103"\nreason = "{word}{number}"\n')

    at_once(lambda: add("a"), lambda: add("b"))
    entries, note = suppressions.known()
    assert not note
    assert {one.reason for one in entries} == {f"{w}{n}" for w in "ab" for n in range(TIMES)}


def test_one_list_of_recent_files(own_folders: Path) -> None:
    files = [own_folders / f"{number}.json" for number in range(4)]
    for file in files:
        file.write_text("[]")

    def open_them() -> None:
        for number in range(TIMES):
            recent.remember((str(files[number % 4]),))
            assert recent.recent()

    at_once(open_them, open_them)
    assert set(recent.recent()) <= set(map(str, files))
