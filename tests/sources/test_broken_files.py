"""Files that cannot be read, and files with rows that cannot be read."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pgtopo.errors import Cancelled, PgtopoError, SnapshotError, UsageError
from pgtopo.model.network import VirtualNetwork
from pgtopo.sources import streams
from pgtopo.sources.load import load_files
from pgtopo.sources.progress import Progress
from tests.sources.packing import by_line, envelope, pack, put, snapshot_by_line, vnet

MANY = [vnet(f"vnet-{number}", f"10.{number}.0.0/16") for number in range(100)]


def refused(path: Path) -> SnapshotError:
    with pytest.raises(SnapshotError) as caught:
        load_files([path])
    assert caught.value.exit_code == 4
    assert path.name in caught.value.message
    return caught.value


def test_missing_file_folder_and_empty_file(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "none.json").message
    assert "folder" in refused(tmp_path).message
    assert "empty" in refused(put(tmp_path / "empty.json", "")).message
    assert "empty" in refused(put(tmp_path / "blank.json", " \n\n")).message


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "locked.json", "[]")

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "no permission" in refused(path).message


def test_standard_input_twice_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        load_files(["-", "-"])


@pytest.mark.parametrize("packing", ["gz", "zst"])
@pytest.mark.parametrize("form", [by_line, json.dumps])
def test_truncated_packed_files_name_byte_and_rows(
    packing: str, form: object, tmp_path: Path
) -> None:
    assert callable(form)
    random.seed(1)
    rows = [vnet(f"v{random.random()}", tags=str(random.random())) for _ in range(4000)]
    packed = pack(form(rows).encode(), packing)
    path = put(tmp_path / f"cut.{packing}", packed[: len(packed) // 2])
    message = refused(path).message
    assert f"truncated .{packing}: compressed data ends at byte {len(packed) // 2:,}" in message
    assert message.endswith("rows")
    if form is by_line:
        assert not message.endswith("after 0 rows")


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_damaged_packed_files(packing: str, tmp_path: Path) -> None:
    packed = bytearray(pack(by_line(MANY).encode(), packing))
    packed[len(packed) // 2 :] = bytes(len(packed) - len(packed) // 2)
    message = refused(put(tmp_path / f"bad.{packing}", bytes(packed))).message
    assert f"damaged .{packing}" in message or f"truncated .{packing}" in message


@pytest.mark.parametrize("packing", ["gz", "zst"])
def test_bombs_are_refused(packing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_SIZE", 1 << 20)
    path = put(tmp_path / f"bomb.{packing}", pack(b"[" + b" " * (64 << 20), packing))
    assert "unpacks to more than" in refused(path).message


def test_a_zip_archive(tmp_path: Path) -> None:
    assert "zip" in refused(put(tmp_path / "a.zip", b"PK\x03\x04rest")).message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("hello", "line 1 column 1"),
        ("{not json", "line 1 column 2"),
        ('[\n{"id": "a"},\n{"id": ', "line 3 column 8"),
        ("[" + json.dumps(vnet()) + ",", "line 1 column"),
        (json.dumps(MANY, indent=2)[:-200], "column"),
        (by_line(MANY)[:-3], "column"),
        (by_line(MANY)[:-300], "column"),
        (snapshot_by_line(MANY)[:-4], "column"),
        (json.dumps(envelope(MANY))[:-300], "line 1 column"),
        ("\x00\x01\x02\x03", "line 1 column 1"),
    ],
)
def test_text_that_breaks_off_says_where(text: str, place: str, tmp_path: Path) -> None:
    failure = refused(put(tmp_path / "bad.json", text))
    assert place in failure.message
    assert failure.hint


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (7, "a single value"),
        ('"text"', "holds text"),
        (None, "a single value"),
        ({}, "without rows"),
        ({"rows": []}, "without rows"),
        ({"data": 7}, '"data" is no list'),
        ({"value": {"id": "x"}}, '"value" is no list'),
        ({"data": {"columns": 7, "rows": []}}, '"data.columns" is no list'),
        ({"data": {"rows": []}}, '"data" is no list'),
        ({"data": {"columns": [], "rows": 7}}, '"data" is no list'),
        ({"schema": "pgtopo.findings/1", "findings": []}, "result of pgtopo"),
        ({"schema": "pgtopo.snapshot/9", "rows": []}, "no form of snapshot that this version"),
        ({"error": {"code": "BadRequest"}}, "error answer of Azure (BadRequest)"),
        ({"format": "pgtopo.snapshot", "version": 1}, 'without "rows"'),
        ({"format": "other", "rows": []}, "'other'"),
        ({"format": "pgtopo.snapshot", "version": 1, "rows": 7}, '"rows" is no list'),
    ],
)
def test_json_of_no_known_form(value: object, found: str, tmp_path: Path) -> None:
    failure = refused(put(tmp_path / "other.json", value))
    assert found in failure.message
    assert failure.hint


@pytest.mark.parametrize("version", [2, "2", None, True, 1.5, {"a": 1}])
def test_snapshots_of_other_versions(version: object, tmp_path: Path) -> None:
    for text in (
        json.dumps(envelope(MANY, version=version)),
        snapshot_by_line(MANY, version=version),
    ):
        failure = refused(put(tmp_path / "new.json", text))
        assert "snapshot version" in failure.message
        assert "upgrade" in failure.hint


BAD_ROWS = [
    "7",
    "null",
    '"text"',
    "[1, 2]",
    "{}",
    '{"name": "no id"}',
    '{"id": null, "type": "microsoft.network/virtualnetworks"}',
    '{"id": "", "type": "microsoft.network/virtualnetworks"}',
    '{"id": " / ", "type": "microsoft.network/virtualnetworks"}',
    '{"id": {"a": 1}, "type": "microsoft.network/virtualnetworks"}',
]


@pytest.mark.parametrize("form", ["by line", "one per line", "indented", "on one line"])
def test_rows_that_are_none_are_set_aside(form: str, tmp_path: Path) -> None:
    rows = [json.dumps(one) for one in MANY]
    for number, bad in enumerate(BAD_ROWS):
        rows.insert(number * 10, bad)
    texts = {
        "by line": "[\n" + ",\n".join(rows) + "\n]",
        "one per line": "\n".join(rows[1:] + rows[:1]),
        "indented": json.dumps([json.loads(one) for one in rows], indent=2),
        "on one line": "[" + ",".join(rows) + "]",
    }
    estate = load_files([put(tmp_path / "rows.json", texts[form])]).topology
    assert len(estate.all(VirtualNetwork)) == 100
    assert len(estate.set_aside) == len(BAD_ROWS)
    assert all(one.reason and one.where and one.source for one in estate.set_aside)


BROKEN_JSON = [
    '{"id": "x", "type": }',
    '{"id": "x" "type": "microsoft.network/virtualnetworks"}',
    '{"id": "cut", "type": "microsoft.network/virtualnetw',
    "{'id': 'x'}",
    "plain text",
    '{"id": "x"}}',
]


@pytest.mark.parametrize("form", ["by line", "one per line", "snapshot"])
@pytest.mark.parametrize("is_first", [True, False])
def test_broken_rows_in_files_by_line_are_set_aside(
    form: str, is_first: bool, tmp_path: Path
) -> None:
    rows = [json.dumps(one) for one in MANY]
    for number, bad in enumerate(BROKEN_JSON):
        rows.insert(number * 7 + (0 if is_first else 1), bad)
    head = json.dumps(envelope([]))[:-2]
    texts = {
        "by line": "[\n" + ",\n".join(rows) + "\n]",
        "one per line": "\n".join(rows),
        "snapshot": head + "\n" + ",\n".join(rows) + "\n]}",
    }
    estate = load_files([put(tmp_path / "rows.json", texts[form])]).topology
    assert len(estate.all(VirtualNetwork)) == 100
    assert len(estate.set_aside) == len(BROKEN_JSON)
    first = len(texts[form].split(BROKEN_JSON[0])[0].split("\n"))
    assert estate.set_aside[0].where == f"line {first}"


DEEP = "[" * 200_000 + "]" * 200_000


@pytest.mark.parametrize(
    "bad",
    [
        f'{{"id": "deep", "type": "microsoft.network/virtualnetworks", "x": {DEEP}}}',
        '{"id": "x", "type": "microsoft.network/virtualnetworks" "y": 1}',
        "nonsense",
    ],
    ids=["deep", "comma", "word"],
)
@pytest.mark.parametrize("form", ["array", "snapshot", "data", "by line"])
def test_a_damaged_row_does_not_take_the_document_with_it(
    bad: str, form: str, tmp_path: Path
) -> None:
    rows = [json.dumps(one) for one in MANY]
    rows.insert(50, bad)
    joined = ",".join(rows)
    texts = {
        "array": f"[{joined}]",
        "snapshot": json.dumps(envelope([]))[:-2] + joined + "]}",
        "data": f'{{"data": [{joined}], "count": 101}}',
        "by line": "[\n" + ",\n".join(rows) + "\n]",
    }
    estate = load_files([put(tmp_path / "rows.json", texts[form])]).topology
    assert len(estate.all(VirtualNetwork)) == 100
    assert len(estate.set_aside) == 1


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000])
@pytest.mark.parametrize("form", [by_line, json.dumps, lambda rows: rows])
def test_numbers_that_are_none_cost_their_field_only(
    number: str, form: object, tmp_path: Path
) -> None:
    assert callable(form)
    odd = vnet("odd", provisioningState="NUMBER")
    made = form([odd, *MANY])
    text = made if isinstance(made, str) else "\n".join(json.dumps(one) for one in made)
    path = put(tmp_path / "rows.json", text.replace('"NUMBER"', number))
    estate = load_files([path]).topology
    assert len(estate.all(VirtualNetwork)) == 101
    assert [issue.path for issue in estate.issues] == ["properties.provisioningState"]


def test_every_file_name_or_none() -> None:
    with pytest.raises(PgtopoError):
        load_files(["\0"])


def test_progress_tells_bytes_and_rows_and_can_cancel(tmp_path: Path) -> None:
    paths = [put(tmp_path / f"{n}.json", by_line(MANY)) for n in range(2)]
    seen: list[Progress] = []

    def listen(state: Progress) -> None:
        seen.append(state)

    load_files(paths, progress=listen)
    assert seen[-1].bytes_done == seen[-1].bytes_total == sum(p.stat().st_size for p in paths)
    assert seen[-1].rows == 200
    assert [s.bytes_done for s in seen] == sorted(s.bytes_done for s in seen)
    with pytest.raises(Cancelled) as caught:
        load_files(paths, progress=lambda _state: False)
    assert caught.value.exit_code == 130


def over_lines(rows: list[dict[str, object]]) -> str:
    """A snapshot whose envelope goes over several lines, as pgtopo writes it."""
    return snapshot_by_line(rows).replace('", "', '",\n"').replace('], "rows"', '],\n"rows"')


@pytest.mark.parametrize("size", [20, 90, 400, 0.3, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("form", [over_lines, snapshot_by_line, by_line])
def test_cut_envelope_or_array_is_refused_however_many_rows_are_whole(
    size: float, form: object, tmp_path: Path
) -> None:
    assert callable(form)
    text = form(MANY)
    cut = text[: int(size if size > 1 else len(text) * size)]
    failure = refused(put(tmp_path / "cut.json", cut))
    assert "line " in failure.message
    assert failure.hint


def test_cut_array_that_begins_on_the_line_of_its_first_rows_is_refused(tmp_path: Path) -> None:
    rows = [json.dumps(one) for one in MANY]
    text = "[" + rows[0] + "," + rows[1] + ",\n" + ",\n".join(rows[2:50])
    assert "line " in refused(put(tmp_path / "cut.json", text)).message


def test_cut_last_line_of_one_row_per_line_is_set_aside(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(one) for one in MANY)[:-30]
    estate = load_files([put(tmp_path / "cut.json", text)]).topology
    assert len(estate.all(VirtualNetwork)) == 99
    assert [one.where for one in estate.set_aside] == ["line 100"]


def test_every_row_set_aside_is_listed(tmp_path: Path) -> None:
    rows = [json.dumps(one) for one in MANY * 60]
    bad = ['{"id": "x", "type": }'] * 5000
    estate = load_files([put(tmp_path / "a.json", "\n".join([*rows, *bad]))]).topology
    assert [one.where for one in estate.set_aside] == [f"line {n}" for n in range(6001, 11001)]
