"""All rows of a file as texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgtopo.errors import SnapshotError
from pgtopo.sources import intake
from pgtopo.sources.load import load_files
from pgtopo.sources.raw import read_raw
from tests.sources.packing import by_line, envelope, put, row, snapshot_by_line, table, vnet

ROWS = [vnet(), row("a.b/things", "resourceGroups/g/providers/a.b/things/t"), {"no": "id"}]


@pytest.mark.parametrize("content", [by_line(ROWS), ROWS, table(ROWS), snapshot_by_line(ROWS)])
def test_every_row_is_given_whatever_it_is(content: object, tmp_path: Path) -> None:
    found = read_raw(str(put(tmp_path / "a.json", content)))
    texts = [json.loads(text) for text in found.rows]
    made = [{name: cell for name, cell in one.items() if cell is not None} for one in texts]
    assert made == ROWS
    assert found.set_aside == ()


def test_what_stands_around_the_rows_is_given(tmp_path: Path) -> None:
    said = [{"kind": "a.b/c", "scope": "/", "status": "denied"}]
    content = envelope(ROWS, coverage=said, scope={"x": 1})
    found = read_raw(str(put(tmp_path / "a.json", content)))
    assert found.header.scope == {"x": 1}
    assert [entry.kind for entry in found.header.stated or ()] == ["a.b/c"]


def test_damaged_entries_are_mended_or_set_aside(tmp_path: Path) -> None:
    lines = [json.dumps(one) for one in ROWS]
    text = "\n".join([*lines, '{"a": NaN}', '{"b": '])
    found = read_raw(str(put(tmp_path / "a.json", text)))
    assert [json.loads(text) for text in found.rows] == [*ROWS, {"a": None}]
    assert len(found.set_aside) == 1


def test_a_file_of_something_else_is_refused_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_TOO_MANY", 10)
    path = put(tmp_path / "a.json", [1] * 100)
    with pytest.raises(SnapshotError, match=r"10 of the first 10 entries are no rows"):
        load_files([path])
