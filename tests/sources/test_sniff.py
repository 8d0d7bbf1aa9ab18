"""What is taken for an estate by its first bytes alone."""

import gzip
import json
from pathlib import Path

import pytest

from pgtopo.sources.sniff import may_hold_estate

ROW = {"id": "/subscriptions/s/x", "type": "Microsoft.Network/virtualNetworks", "name": "v"}
TABLE = {
    "data": {
        "columns": [{"name": "type"}, {"name": "id"}],
        "rows": [["microsoft.network/virtualnetworks", "/subscriptions/s/x"]],
    }
}
ESTATES = {
    "snapshot": json.dumps({"format": "pgtopo.snapshot", "version": 1, "rows": []}).encode(),
    "array": json.dumps([ROW], indent=2).encode(),
    "lines": json.dumps(ROW).encode() + b"\n",
    "query": json.dumps({"count": 1, "data": [ROW]}).encode(),
    "table": json.dumps(TABLE).encode(),
    "packed": gzip.compress(json.dumps([ROW]).encode()),
    "utf-16": json.dumps([ROW]).encode("utf-16"),
}
OTHERS = {
    "empty": b"",
    "object": b'{"name": "web", "version": "1.0.0"}',
    "zip": b"PK\x03\x04",
    "broken": b"\x1f\x8bnot packed at all",
    "ids only": b'[{"subject": "/subscriptions/s/providers/Microsoft.Network/virtualNetworks/v"}]',
}


@pytest.mark.parametrize("name", ESTATES)
def test_every_form_of_an_estate_is_recognised(name: str, tmp_path: Path) -> None:
    file = tmp_path / "estate.json"
    file.write_bytes(ESTATES[name])
    assert may_hold_estate(file)


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_are_not(name: str, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_bytes(OTHERS[name])
    assert not may_hold_estate(file)


def test_what_is_no_file_is_none(tmp_path: Path) -> None:
    assert not may_hold_estate(tmp_path)
    assert not may_hold_estate(tmp_path / "missing.json")
