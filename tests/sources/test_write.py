"""Snapshots that pgtopo writes."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pgtopo.errors import UsageError
from pgtopo.model.network import VirtualNetwork
from pgtopo.sources.load import load_files, load_held
from pgtopo.sources.streams import GZIP, ZSTD
from pgtopo.sources.write import packed_snapshot, write_packed, write_snapshot
from tests.sources.packing import Row, vnet

SAID = [{"kind": VirtualNetwork.KIND, "scope": "/", "status": "read", "rows": 2}]
TIME = "2026-02-03T04:05:06Z"


def write(path: Path, rows: list[Row | bytes], *, is_overwriting: bool = False) -> int:
    return write_snapshot(
        path,
        rows,
        coverage=SAID,
        scope={"subscriptions": ["s"]},
        created_at=TIME,
        is_overwriting=is_overwriting,
    )


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.json.zst"])
def test_what_is_written_reads_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert write(path, [vnet("a"), json.dumps(vnet("b")).encode()]) == 2
    estate = load_files([path]).topology
    assert [one.name for one in estate.all(VirtualNetwork)] == ["a", "b"]
    assert estate.coverage.is_read_everywhere(VirtualNetwork.KIND)
    assert estate.scope == {"subscriptions": ["s"]}
    assert estate.created_at.startswith("2026-02-03T04:05:06")
    magic = {"a.json": b"{", "a.json.gz": GZIP, "a.json.zst": ZSTD}[name]
    assert path.read_bytes().startswith(magic)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_one_row_per_line_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    for path in (first, second):
        write(path, [vnet("a"), json.dumps(vnet("b"), indent=2).encode()])
    assert first.read_bytes() == second.read_bytes()
    lines = first.read_text().splitlines()
    assert len(lines) == 4
    assert json.loads(first.read_text())["version"] == 1
    assert json.loads(lines[1].rstrip(","))["name"] == "a"


@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.json.zst"])
def test_a_snapshot_held_in_memory_is_written_as_any_other(name: str, tmp_path: Path) -> None:
    rows: list[Row | bytes] = [vnet("a"), vnet("b")]
    scope = {"subscriptions": ["s"]}
    packed = packed_snapshot(rows, coverage=SAID, scope=scope, created_at=TIME)
    held = load_held("live", packed)
    first = held.topology.all(VirtualNetwork)[0]
    assert first.origin is not None
    assert json.loads(held.rows.raw(first.origin)) == vnet("a")
    write_packed(tmp_path / name, packed)
    write(tmp_path / f"file-{name}", rows)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"file-{name}").read_bytes()
    with pytest.raises(UsageError, match="exists already"):
        write_packed(tmp_path / name, packed)


def test_an_empty_snapshot(tmp_path: Path) -> None:
    assert write(tmp_path / "a.json", []) == 0
    assert len(load_files([tmp_path / "a.json"]).topology) == 0


def test_an_existing_file_is_kept_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("precious")
    with pytest.raises(UsageError, match="exists already"):
        write(path, [])
    assert path.read_text() == "precious"
    write(path, [vnet()], is_overwriting=True)
    assert len(load_files([path]).topology.all(VirtualNetwork)) == 1


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("precious")

    def rows() -> Iterator[Row]:
        yield vnet()
        raise RuntimeError("stopped half way")

    with pytest.raises(RuntimeError):
        write_snapshot(path, rows(), coverage=[], scope={}, created_at=TIME, is_overwriting=True)
    assert path.read_text() == "precious"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        write(tmp_path, [])
    with pytest.raises(UsageError):
        write(tmp_path / "none" / "a.json", [])
