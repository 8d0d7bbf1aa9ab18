"""No room left: what was there stays, nothing half written does, and the message says so."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple, cast

import pytest
from textual.app import App

from pgtopo.errors import UsageError
from pgtopo.sources.cache import store
from pgtopo.sources.load import load_rows
from pgtopo.tui import keeping, recent, suppressions
from pgtopo.tui.live_opening import LiveOpening, Shown, Unasked
from tests.faults.program import GALLERY, everything, require_told, run
from tests.live.conftest import Start
from tests.live.estates import flat
from tests.sources.cache.test_store import REQUEST, kept
from tests.thorough import some

ROOM = 4096


class Place(NamedTuple):
    """A folder in which only a little can be written."""

    folder: Path
    limits: Callable[[], None] | None
    word: str
    """What the system says when it is full."""


@contextmanager
def bounded(folder: Path) -> Iterator[Place]:
    """Any folder, for a process that may write no large files."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))

    yield Place(folder, limit, "File too large")


@contextmanager
def full(folder: Path) -> Iterator[Place]:
    """A disk of a few pages."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={2 * ROOM}", "full", folder], check=True)
    try:
        yield Place(folder, None, "No space left on device")
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def can_mount() -> bool:
    """Whether this user may make a small disk."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    words = ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=4096", "none", "/mnt"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


WAYS = [bounded, full] if can_mount() else [bounded]


@pytest.fixture(params=WAYS, ids=[way.__name__ for way in WAYS])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "small"
    folder.mkdir()
    with request.param(folder) as made:
        yield made


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Place]:
    """The same for programs, in the truest way there is here."""
    folder = tmp_path / "small"
    folder.mkdir()
    with WAYS[-1](folder) as made:
        yield made


WORDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "FILE", "--fixes", "none", "--format", "json", "-o", "OUT"),
    "list": ("list", "rules", "FILE", "--format", "json", "-o", "OUT"),
    "export": ("export", "FILE", "--format", "svg", "-o", "OUT"),
    "redact": ("redact", "FILE", "-o", "OUT", "--force"),
    "triage": ("triage", "FILE", "--error", "timed out", "--format", "html", "-o", "OUT"),
}


@pytest.mark.parametrize("name", some(sorted(WORDS), 3))
def test_results(name: str, disk: Place, tmp_path: Path) -> None:
    path = disk.folder / "out"
    path.write_text("old")
    words = [{"FILE": str(GALLERY), "OUT": str(path)}.get(word, word) for word in WORDS[name]]
    ran = run(*words, home=tmp_path, limits=disk.limits)
    assert ran.returncode == 2
    require_told(ran.stderr, disk.word, str(path), "make room")
    assert path.read_text() == "old"
    assert list(everything(disk.folder)) == ["out"]


def test_a_collection(disk: Place, start: Start, tmp_path: Path) -> None:
    stand_in = start(flat(200))
    path = disk.folder / "out.json"
    path.write_text("old")
    words = ("collect", "--arm-endpoint", stand_in.url, "-o", path, "--force")
    ran = run(*words, home=tmp_path, limits=disk.limits)
    assert ran.returncode == 2
    require_told(ran.stderr, disk.word, "make room")
    assert path.read_text() == "old"
    assert list(everything(disk.folder)) == ["out.json"]


@pytest.fixture
def crowded(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The same for this process, which writes what the interface keeps."""
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place.folder / name.lower()))
    monkeypatch.delenv("PGTOPO_CONFIG", raising=False)
    monkeypatch.chdir(place.folder)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # it would be cut off, and stay so
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if place.limits is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    yield place
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    monkeypatch.undo()


ENTRY = '[[suppress]]\ncheck = "PGT103"\nreason = "{}"\n'


def test_an_entry_too_many_leaves_the_suppressions_as_they_were(crowded: Place) -> None:
    suppressions.add(ENTRY.format("short"))
    with pytest.raises(OSError, match=crowded.word):
        suppressions.add(ENTRY.format("long" * ROOM))
    entries, note = suppressions.known()
    assert [one.reason for one in entries] == ["short"]
    assert not note


def test_what_the_interface_writes_is_whole_or_not_there(crowded: Place) -> None:
    report = crowded.folder / "report.md"
    report.write_text("old")
    with pytest.raises(OSError, match=crowded.word):
        keeping.replace(report, "x" * 4 * ROOM)
    with pytest.raises(OSError, match=crowded.word):
        keeping.keep("page", ".txt", "x" * 4 * ROOM)
    assert keeping.note_copied("x" * 4 * ROOM) is None
    assert report.read_text() == "old"
    assert list(everything(crowded.folder)) == ["report.md"]


def test_files_opened_lately_are_not_forgotten(crowded: Place, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text("[]")
    recent.remember((str(old),))
    many = []
    for number in range(8):
        deep = tmp_path.joinpath(*(letter * 200 for letter in "abcdefg"))
        deep.mkdir(parents=True, exist_ok=True)
        many.append(deep / f"{number}.json")
        many[-1].write_text("[]")
    recent.remember(tuple(map(str, many)))
    assert recent.recent() == (str(old),)


def test_memory_serves_where_the_cache_has_no_room(crowded: Place) -> None:
    used = store.Store(crowded.folder / "cache")
    used.put(kept(text=bytes(4 * ROOM)))
    assert used.fault
    found = used.get(store.key_of(REQUEST))
    assert found is not None
    assert len(found.snapshot) == 4 * ROOM
    assert json.dumps(used.fault)


def test_asking_for_the_rest_tells_that_there_is_no_room(
    crowded: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(crowded.folder))
    told: list[object] = []
    app = SimpleNamespace(post_message=told.append)
    opening = LiveOpening(
        cast("App[None]", app),
        REQUEST,
        store.Store(None),
        shown=Shown(topology=load_rows([]), fingerprint=""),
        retried=bytes(4 * ROOM),
    )
    opening._open()
    (message,) = told
    assert isinstance(message, Unasked)
    assert isinstance(message.error, UsageError)
    assert crowded.word in message.error.message
    assert list(everything(crowded.folder)) == []
