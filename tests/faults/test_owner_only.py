"""Whatever is written, only its owner can read it, even where the user shares by default."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pgtopo.cli import result_file
from pgtopo.sources.cache import folder, store
from pgtopo.sources.write import write_document, write_rows, write_snapshot
from pgtopo.tui import keeping, recent, suppressions
from tests.faults.program import HEALTHY
from tests.sources.cache.test_store import kept


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of a user who lets everybody read and write new files."""
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("PGTOPO_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    before = os.umask(0)
    yield tmp_path
    os.umask(before)


def test_new_files_and_folders(shared: Path) -> None:
    write_snapshot(shared / "a.json", [], coverage=None, scope={}, created_at="")
    write_rows(shared / "b.json.gz", [])
    write_document(shared / "c.json", {})
    result_file.write([b"x"], str(shared / "d.json"))
    keeping.keep("page", ".txt", "x")
    keeping.replace(shared / "e.md", "x")
    assert keeping.note_copied("x")
    recent.remember((str(HEALTHY),))
    suppressions.add("# x\\n")
    store.Store(folder.default_folder()).put(kept())
    made = [path for path in shared.rglob("*") if path not in (shared / n for n in SYSTEM)]
    assert len([path for path in made if path.is_file()]) >= 10
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_replaced_files_that_others_could_read(shared: Path) -> None:
    for write in (
        lambda path: result_file.write([b"x"], str(path)),
        lambda path: keeping.replace(path, "x"),
        lambda path: write_document(path, {}, is_overwriting=True),
    ):
        path = shared / "old"
        path.write_text("old")
        path.chmod(0o666)
        write(path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


SYSTEM = ("state", "config", "cache")
"""Folders that are the system's, where they are missing; pgtopo's own are below them."""
