"""Every form of input gives the same estate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pgtopo.model.dns import PrivateZone
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.sources import files, streams
from pgtopo.sources.load import Loaded, load_files
from tests.sources.packing import (
    NET,
    Row,
    by_line,
    envelope,
    pack,
    put,
    row,
    snapshot_by_line,
    table,
    vnet,
)

ROWS = [
    vnet("vnet-a"),
    row("Microsoft.Network/privateDnsZones", "x.example.com", f"{NET}/privateDnsZones"),
    row("Microsoft.Storage/storageAccounts", "st", f"{NET}/storageAccounts"),
    vnet("vnet-b", "10.2.0.0/16"),
]

SAID = {"kind": "a.b/c", "scope": "/", "status": "read"}

FORMS: dict[str, Callable[[list[Row]], str]] = {
    "array": json.dumps,
    "array indented": lambda rows: json.dumps(rows, indent=2),
    "array by line": by_line,
    "array by line, first row behind the bracket": lambda rows: by_line(rows).replace("\n", "", 1),
    "array by line, bracket behind the last row": lambda rows: by_line(rows)[:-3] + "]",
    "array by line, commas in front": lambda rows: (
        "[" + "\n,".join(json.dumps(one) for one in rows) + "\n]"
    ),
    "array by line, DOS line ends": lambda rows: by_line(rows).replace("\n", "\r\n"),
    "array indented, DOS line ends": lambda rows: json.dumps(rows, indent="\t").replace(
        "\n", "\r\n"
    ),
    "array indented unevenly": lambda rows: (
        "[\n" + ",\n".join(json.dumps(one, indent=n) for n, one in enumerate(rows)) + "]"
    ),
    "array indented, rows opened behind the last": lambda rows: json.dumps(rows, indent=2).replace(
        "  },\n  {", "  }, {"
    ),
    "snapshot with an indented head": lambda rows: (
        json.dumps(envelope([], coverage=[SAID]), indent=2).replace('"rows": []\n}', '"rows":')
        + by_line(rows)
        + "}"
    ),
    "snapshot": lambda rows: json.dumps(envelope(rows)),
    "snapshot indented": lambda rows: json.dumps(envelope(rows), indent=1),
    "snapshot by line": snapshot_by_line,
    "data": lambda rows: json.dumps({"count": len(rows), "data": rows, "skip_token": None}),
    "data indented": lambda rows: json.dumps({"count": len(rows), "data": rows}, indent=2),
    "data by line": lambda rows: '{"count": 4,\n"data": ' + by_line(rows)[:-1] + ', "x": 1}',
    "table": lambda rows: json.dumps(table(rows)),
    "table indented": lambda rows: json.dumps(table(rows), indent=2),
    "ARM list": lambda rows: json.dumps({"value": rows, "nextLink": None}),
    "ARM list indented": lambda rows: json.dumps({"value": rows}, indent=4),
    "one per line": lambda rows: "\n".join(json.dumps(one) for one in rows),
    "one per line, compact": lambda rows: (
        "\n".join(json.dumps(one, separators=(",", ":")) for one in rows) + "\n"
    ),
    "one per line, blank lines and commas": lambda rows: (
        "\n\n" + ",\n\n".join(json.dumps(one) for one in rows) + ",\n \n"
    ),
}


def check(loaded: Loaded) -> None:
    estate = loaded.topology
    assert [one.name for one in estate.all(VirtualNetwork)] == ["vnet-a", "vnet-b"]
    assert [one.name for one in estate.all(Subnet)] == ["snet", "snet"]
    assert [one.domain for one in estate.all(PrivateZone)] == ["x.example.com"]
    assert estate.other_rows == {"microsoft.storage/storageaccounts": 1}
    assert estate.set_aside == ()
    assert estate.issues == ()
    for found in (*estate.all(VirtualNetwork), *estate.all(PrivateZone)):
        assert found.origin is not None
        text = json.loads(loaded.rows.raw(found.origin))
        again = {name: value for name, value in text.items() if value is not None}
        assert again == next(one for one in ROWS if one["name"] == found.name)


@pytest.mark.parametrize("packing", ["", "gz", "zst"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_plain_and_packed(form: str, packing: str, tmp_path: Path) -> None:
    text = FORMS[form](ROWS).encode()
    check(load_files([put(tmp_path / "export.json", pack(text, packing))]))


@pytest.mark.parametrize("size", [1, 7, 64])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_in_small_pieces(
    form: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "CHUNK", size)
    check(load_files([put(tmp_path / "export.json", FORMS[form](ROWS))]))


@pytest.mark.parametrize("form", ["array indented", "snapshot indented", "data indented"])
def test_even_indentation_is_read_row_by_row(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("read as a whole")

    monkeypatch.setattr(files, "whole", refuse)
    check(load_files([put(tmp_path / "export.json", FORMS[form](ROWS))]))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["array by line", "array indented", "one per line"])
def test_text_as_powershell_writes_it(form: str, codec: str, tmp_path: Path) -> None:
    check(load_files([put(tmp_path / "export.json", FORMS[form](ROWS).encode(codec))]))


def test_the_content_tells_the_packing_not_the_name(tmp_path: Path) -> None:
    text = by_line(ROWS).encode()
    check(load_files([put(tmp_path / "plain.json.gz", text)]))
    check(load_files([put(tmp_path / "packed.zst", pack(text, "gz"))]))


def test_packed_files_of_several_parts(tmp_path: Path) -> None:
    text = by_line(ROWS).encode()
    half = len(text) // 2
    for packing in ("gz", "zst"):
        parts = pack(text[:half], packing) + pack(text[half:], packing)
        check(load_files([put(tmp_path / f"export.{packing}", parts)]))


@pytest.mark.parametrize("packing", ["", "gz", "zst"])
def test_standard_input(packing: str, tmp_path: Path) -> None:
    program = (
        "from pgtopo.sources.load import load_files\n"
        "from pgtopo.model.network import VirtualNetwork\n"
        "loaded = load_files(['-'])\n"
        "for one in loaded.topology.all(VirtualNetwork):\n"
        "    print(one.name, loaded.rows.shown(one.origin)['name'], loaded.rows.file(one.origin))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=pack(by_line(ROWS).encode(), packing),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.decode().split("\n")[:2] == [
        "vnet-a vnet-a standard input",
        "vnet-b vnet-b standard input",
    ]


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = subprocess.Popen(
        [sys.executable, "-c", f"open({str(pipe)!r}, 'wb').write({by_line(ROWS).encode()!r})"]
    )
    check(load_files([pipe]))
    assert writer.wait() == 0


@pytest.mark.parametrize("text", ["[]", "[\n]\n", " [ ] \n", '{"data": []}', '{"value": []}'])
def test_no_rows_is_a_valid_input(text: str, tmp_path: Path) -> None:
    assert len(load_files([put(tmp_path / "empty.json", text)]).topology) == 0


def test_an_empty_snapshot_by_line(tmp_path: Path) -> None:
    loaded = load_files([put(tmp_path / "a.json", snapshot_by_line([]))])
    assert len(loaded.topology) == 0
    assert loaded.topology.created_at == "2026-01-01T00:00:00.000000Z"


def test_a_single_resource(tmp_path: Path) -> None:
    for indent in (None, 2):
        text = json.dumps(vnet(), indent=indent)
        loaded = load_files([put(tmp_path / "one.json", text)])
        assert [one.name for one in loaded.topology.all(VirtualNetwork)] == ["vnet-a"]
        origin = loaded.topology.all(VirtualNetwork)[0].origin
        assert origin is not None
        assert loaded.rows.raw(origin).decode() == text


def test_members_of_a_snapshot_may_follow_its_rows(tmp_path: Path) -> None:
    said = {"kind": "microsoft.network/virtualnetworks", "scope": "/", "status": "read"}
    late = {"coverage": [said], "scope": {"subscriptions": ["s"]}, "format": "pgtopo.snapshot"}
    rest = json.dumps({**late, "version": 1})[1:]
    text = '{"created_at": "2026-01-01T00:00:00Z", "rows":\n' + by_line(ROWS)[:-1] + "," + rest
    estate = load_files([put(tmp_path / "a.json", text)]).topology
    assert estate.coverage.is_read_everywhere("microsoft.network/virtualnetworks")
    assert estate.scope == {"subscriptions": ["s"]}
    assert len(estate.all(VirtualNetwork)) == 2


def test_type_may_come_after_nested_types(tmp_path: Path) -> None:
    nested = {"name": "r", "type": "Microsoft.Network/routeTables/routes", "properties": {}}
    late = {"properties": {"routes": [nested]}, "id": f"{NET}/routeTables/rt"}
    other = {"properties": {"x": [nested]}, "id": f"{NET}/things/t", "type": "a.b/things"}
    rows = [{**late, "type": "microsoft.network/routetables"}, other]
    estate = load_files([put(tmp_path / "a.json", by_line(rows))]).topology
    assert [one.name for one in estate.resources()] == ["rt"]
    assert estate.other_rows == {"a.b/things": 1}


def test_an_answer_with_further_pages_is_noted(tmp_path: Path) -> None:
    pages = [
        {"data": ROWS, "skip_token": "abc"},
        {"data": ROWS, "$skipToken": "abc", "resultTruncated": "false"},
        {"value": ROWS, "nextLink": "https://management.azure.com/next"},
    ]
    for page in pages:
        loaded = load_files([put(tmp_path / "page.json", page)])
        assert "one page of a longer answer" in loaded.notes[0]
    assert load_files([put(tmp_path / "page.json", {"data": ROWS})]).notes == ()


def test_cells_of_a_table_that_hold_json_as_text_are_read(tmp_path: Path) -> None:
    rows = [vnet(), vnet("b")]
    for one in rows:
        one["properties"] = json.dumps(one["properties"])
    rows[1]["tags"] = '{"a": "b"}'
    loaded = load_files([put(tmp_path / "table.json", table(rows))])
    found = loaded.topology.all(VirtualNetwork)
    assert [one.prefixes for one in found] == [("10.1.0.0/16",)] * 2
    assert not loaded.topology.issues
    assert found[0].origin is not None
    assert loaded.rows.shown(found[0].origin)["tags"] == {"a": "b"}


@pytest.mark.parametrize("text", ["plain", "{cut", "", '"x"'])
def test_cells_of_a_table_that_hold_other_text_are_noted(text: str, tmp_path: Path) -> None:
    one = {**vnet(), "properties": text}
    estate = load_files([put(tmp_path / "table.json", table([one]))]).topology
    assert [issue.path for issue in estate.issues] == ["properties"]
