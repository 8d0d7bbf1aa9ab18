"""A cache somebody tampered with: nothing runs, nothing is deleted, nobody waits, all goes on."""

from __future__ import annotations

import os
import pickle
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pgtopo.sources.cache import bounded, folder, guard, store
from pgtopo.sources.cache.fault import CacheFault
from tests.sources.cache.nobody import as_nobody
from tests.sources.cache.test_store import REQUEST, kept

LONGEST_S = 30.0
"""Whoever waits for a lock waits for a minute; a busy machine takes a second for anything."""


class Bomb:
    """Creates a file when it is unpickled."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.victim),)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with one good entry, and a guard whose time is not up on a busy machine."""
    monkeypatch.setattr(guard, "LONGEST_S", LONGEST_S)
    place = tmp_path / "cache"
    made = store.Store(place)
    made.put(kept())
    assert not made.fault
    return place


def tamper(home: Path, *statements: str, values: tuple[Any, ...] = ()) -> None:
    with closing(sqlite3.connect(home / "cache.db")) as db:
        for statement in statements:
            db.execute(statement, values if "?" in statement else ())
        db.commit()


def degrades(home: Path) -> str:
    """Use the cache in every way; the fault it tells, after which memory serves."""
    began = time.monotonic()
    used = store.Store(home)
    assert used.get(store.key_of(REQUEST)) is None
    used.put(kept())
    assert used.entries() == (kept().about,)
    assert used.get(store.key_of(REQUEST)) == kept()
    assert not used.is_on_disk
    assert time.monotonic() - began < LONGEST_S
    assert used.fault
    assert "\n" not in used.fault
    return used.fault


def test_pickled_values_never_run(home: Path, tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "victim"))
    tamper(home, "UPDATE Cache SET mode = 4, value = ?", values=(bomb,))
    assert "rows" in degrades(home)
    assert "rows" in store.probe(home)
    assert not (tmp_path / "victim").exists()


def test_pickled_keys_never_run(home: Path, tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "victim"))
    tamper(
        home,
        "UPDATE Cache SET raw = 0, key = ? WHERE rowid = (SELECT max(rowid) FROM Cache)",
        values=(bomb,),
    )
    assert "rows" in degrades(home)
    assert not (tmp_path / "victim").exists()


@pytest.mark.parametrize("mode", [1, 2, 3, 4])
def test_paths_in_rows_are_neither_read_nor_removed(home: Path, tmp_path: Path, mode: int) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    tamper(home, f"UPDATE Cache SET mode = {mode}, value = NULL, filename = '../victim'")
    assert "rows" in degrades(home)
    assert victim.read_bytes() == b"precious"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO Settings VALUES ('_directory', '/tmp')",
        "INSERT OR REPLACE INTO Settings VALUES ('sqlite_journal_mode', 'delete')",
        "INSERT OR REPLACE INTO Settings VALUES ('size_limit', 0)",
        "INSERT OR REPLACE INTO Settings VALUES ('close', 'x')",
        "CREATE TRIGGER t AFTER INSERT ON Cache BEGIN DELETE FROM Cache; END",
        "CREATE VIEW v AS SELECT * FROM Cache",
        "DROP TRIGGER Settings_count_insert; ",
        "ALTER TABLE Cache RENAME TO Other",
    ],
)
def test_settings_and_tables_of_others_keep_it_shut(home: Path, statement: str) -> None:
    tamper(home, statement)
    if statement.startswith("DROP"):  # a part of pgtopo's own is what a kill may leave
        assert store.Store(home).get(store.key_of(REQUEST)) == kept()
    else:
        assert "pgtopo does not make" in degrades(home)


@pytest.mark.parametrize(
    "content", [b"garbage" * 999, b"SQLite format 3\0" + bytes(4096)], ids=["text", "header"]
)
def test_garbage_is_no_database(home: Path, content: bytes) -> None:
    (home / "cache.db").write_bytes(content)
    assert "database" in degrades(home)
    assert (home / "cache.db").read_bytes() == content


def test_a_database_cut_in_half_is_left_as_it_is(home: Path) -> None:
    whole = (home / "cache.db").read_bytes()
    (home / "cache.db").write_bytes(whole[: len(whole) // 2])
    degrades(home)


def test_an_empty_database_is_a_new_one(home: Path) -> None:
    (home / "cache.db").write_bytes(b"")
    used = store.Store(home)
    assert used.get(store.key_of(REQUEST)) is None
    used.put(kept())
    assert store.Store(home).get(store.key_of(REQUEST)) == kept()


def test_a_database_that_is_a_folder(home: Path) -> None:
    (home / "cache.db").unlink()
    (home / "cache.db").mkdir()
    assert "no plain file" in degrades(home)


def test_a_pipe_in_the_place_of_the_database(home: Path) -> None:
    (home / "cache.db").unlink()
    os.mkfifo(home / "cache.db")
    assert "no plain file" in degrades(home)


@pytest.mark.parametrize("name", folder.NAMES)
def test_links_in_the_place_of_files(home: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (home / name).unlink(missing_ok=True)
    (home / name).symlink_to(victim)
    assert "link" in degrades(home)
    assert victim.read_bytes() == b"precious"


def test_a_second_name_of_the_database(home: Path, tmp_path: Path) -> None:
    (tmp_path / "other").hardlink_to(home / "cache.db")
    assert "link" in degrades(home)


def test_a_link_in_the_place_of_the_folder(home: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(home)
    assert "link" in degrades(link)
    with pytest.raises(CacheFault):
        folder.remove(link)
    assert (home / "cache.db").exists()


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_folder_others_may_write_to(home: Path, mode: int) -> None:
    home.chmod(mode)
    assert "others may write" in degrades(home)


def test_a_folder_others_may_read_is_closed_to_them(home: Path) -> None:
    home.chmod(0o755)
    assert store.Store(home).get(store.key_of(REQUEST)) == kept()
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_somebody_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert "somebody else" in degrades(home)
    with pytest.raises(CacheFault, match="somebody else"):
        folder.remove(home)


@pytest.mark.parametrize("mode", [0o500, 0o400, 0o000])
def test_a_folder_that_cannot_be_written(home: Path, mode: int) -> None:
    home.chmod(mode)
    as_nobody(lambda: _told(home), home, home / "cache.db")
    home.chmod(0o700)


def _told(home: Path) -> None:
    assert degrades(home)


def test_a_parent_that_cannot_be_written(tmp_path: Path) -> None:
    parent = tmp_path / "parent"
    parent.mkdir(mode=0o500)
    as_nobody(lambda: _told(parent / "cache"), parent)
    assert "Not a directory" in degrades(Path("/dev/null/cache"))


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_lock_of_another_process_is_not_waited_for(home: Path, lock: str) -> None:
    with closing(sqlite3.connect(home / "cache.db", isolation_level=None)) as other:
        other.execute(lock)
        began = time.monotonic()
        used = store.Store(home)
        used.put(kept())
        assert used.get(store.key_of(REQUEST)) == kept()
        assert time.monotonic() - began < LONGEST_S
        assert "locked" in used.fault


def test_a_lock_on_the_whole_file_is_not_waited_for(home: Path) -> None:
    with closing(sqlite3.connect(home / "cache.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "locked" in degrades(home)


def test_what_slips_past_the_guard_is_still_refused(home: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    bomb = pickle.dumps(Bomb(victim))
    for statement in (
        "UPDATE Cache SET mode = 4, value = ?",
        "UPDATE Cache SET mode = 2, value = NULL, filename = '../cache/cache.db'",
    ):
        tamper(home, statement, values=(bomb,))
        cache = bounded.open_cache(str(home))
        with closing(cache):
            for key in list(cache):
                with pytest.raises(CacheFault):
                    cache.get(key)
                cache.delete(key)
    assert not victim.exists()
    assert (home / "cache.db").exists()


def test_the_guard_does_not_look_for_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LONGEST_S", -1.0)
    with closing(sqlite3.connect(home / "cache.db")) as db:
        rows = [(f"about:{n}", b"{}") for n in range(20_000)]
        db.executemany(
            "INSERT INTO Cache (key, raw, mode, size, value) VALUES (?, 1, 1, 0, ?)", rows
        )
        db.commit()
    assert "too long" in degrades(home)


def test_clearing_removes_the_cache_by_name_and_nothing_else(home: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (home / "notes.txt").write_text("mine")
    tamper(home, "UPDATE Cache SET filename = '../victim'")
    assert folder.remove(home) == 1
    assert victim.exists()
    assert (home / "notes.txt").exists()
    assert folder.remove(tmp_path / "never") == 0
    used = store.Store(home)
    used.put(kept())
    assert not used.fault


@pytest.mark.parametrize("seed", range(30))
def test_random_damage_harms_nothing(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray((home / "cache.db").read_bytes())
    for _ in range(chance.choice([1, 3, 30, 300])):
        last = len(content) if chance.random() < 0.6 else 4096
        content[chance.randrange(last)] = chance.randrange(256)
    if seed % 5 == 0:
        del content[chance.randrange(len(content)) :]
    (home / "cache.db").write_bytes(content)
    began = time.monotonic()
    used = store.Store(home)
    assert used.get(store.key_of(REQUEST)) in (None, kept())
    used.put(kept())
    assert used.get(store.key_of(REQUEST)) == kept()
    assert kept().about in used.entries()
    assert used.fault.isprintable()
    assert time.monotonic() - began < LONGEST_S
