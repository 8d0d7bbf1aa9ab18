"""Open questions with one reason are told once in documents for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgtopo.cli.main import main
from pgtopo.model.network import Subnet, VirtualNetwork
from tests.examples.scene import Scene


@pytest.fixture
def estate(tmp_path: Path) -> str:
    """A file whose server's subnet is in none of its rows."""
    scene = Scene(pg_nsg=[])
    for row in scene.rows:
        if row["type"].lower() == VirtualNetwork.KIND:
            row["properties"]["subnets"] = []
    rows = [row for row in scene.rows if row["type"].lower() != Subnet.KIND]
    path = tmp_path / "estate.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return str(path)


def _said(estate: str, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    main(["check", estate, "--assume-complete", "--format", form])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "settle"),
    [("text", "settle with: "), ("markdown", "settle with: "), ("html", "Settle with: ")],
)
def test_one_entry_names_all_checks_that_cannot_tell(
    estate: str, form: str, settle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(_said(estate, "json", capsys))
    text = "hidden from this login"
    alike = [item for item in document["findings"] if text in item["message"]]
    assert len(alike) > 10
    assert len({(item["message"], item["settle_with"]) for item in alike}) == 1
    said = _said(estate, form, capsys)
    assert said.count(text) == 1
    assert said.count(f"{settle}") < len(alike)
    assert f"{len({item['check'] for item in alike})} checks" in said
    for item in alike:
        assert item["check"] in said


def test_assume_complete_says_what_stays_unknown(
    estate: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(_said(estate, "json", capsys))
    outcomes = {i["outcome"] for i in document["findings"] if "hidden from" in i["message"]}
    assert outcomes == {"unknown"}
    assert main(["check", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "what a row refers to and has no row is deleted or hidden, and stays unknown" in said
