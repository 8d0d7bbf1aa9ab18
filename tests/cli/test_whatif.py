"""`whatif`: a change is applied to a copy, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.checks.homes import injected
from tests.cli.conftest import Cli


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    home = injected()
    home.world.subnet(home.network, "snet-app", "10.1.9.0/24")
    path = tmp_path / "estate.json"
    path.write_text(json.dumps(home.world.snapshot()))
    return path


def patch(tmp_path: Path, *ops: dict[str, Any]) -> Path:
    path = tmp_path / "patch.json"
    path.write_text(json.dumps({"schema": "pgtopo.patch/1", "ops": list(ops)}))
    return path


def link_of(estate: Path) -> str:
    rows = json.loads(estate.read_text())["rows"]
    return str(next(r["id"] for r in rows if r["type"].endswith("/virtualnetworklinks")))


def test_a_deleted_link_cuts_clients_off_and_adds_a_finding(
    cli: Cli, estate: Path, tmp_path: Path
) -> None:
    change = patch(tmp_path, {"op": "delete_row", "id": link_of(estate)})
    ran = cli("whatif", estate, "--apply", change, "--format", "json")
    assert ran.code == 0
    document = ran.json
    assert document["schema"] == "pgtopo.whatif/1"
    (lost,) = document["verdicts"]["lost"]
    assert lost["client"].endswith("/subnets/snet-app")
    assert (lost["before"], lost["after"]) == ("allowed", "blocked")
    assert lost["code_after"] == "ZONE_NOT_LINKED"
    assert document["verdicts"]["gained"] == document["verdicts"]["other"] == []
    assert [one["check"] for one in document["findings"]["added"]] == ["PGT103"]
    assert document["findings"]["cleared"] == []
    text = cli("whatif", estate, "--apply", change).out.decode()
    assert "No longer gets through: 1 pair" in text


def test_the_patch_of_a_fix_takes_it_back(cli: Cli, estate: Path, tmp_path: Path) -> None:
    broken = json.loads(estate.read_text())
    broken["rows"] = [r for r in broken["rows"] if r["id"] != link_of(estate)]
    estate.write_text(json.dumps(broken))
    found = cli("check", estate, "--format", "json").json["findings"]
    fix = next(one["fixes"][0] for one in found if one["check"] == "PGT103")
    change = patch(tmp_path, *fix["patch"]["ops"])
    document = cli("whatif", estate, "--apply", change, "--format", "json").json
    assert len(document["verdicts"]["gained"]) == 1
    assert [one["key"] for one in document["findings"]["cleared"]] == fix["clears"]


def test_what_does_not_fit_the_estate_is_a_usage_error(
    cli: Cli, estate: Path, tmp_path: Path
) -> None:
    change = patch(tmp_path, {"op": "delete_row", "id": link_of(estate) + "x"})
    ran = cli("whatif", estate, "--apply", change)
    assert ran.code == 2
    assert "ops[0]" in ran.err
    assert "no such row" in ran.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("{}", "not a patch"),
        ('{"schema": "pgtopo.patch/1"}', '"ops" is not a list'),
        ('{"schema": "pgtopo.patch/1", "ops": [{"op": "burn", "id": "/a"}]}', "ops[0]"),
        ('{"schema": "pgtopo.patch/1", "ops": [{"op": "set", "id": "/a"}]}', "path"),
        ('{"schema": "pgtopo.patch/1", "ops": [{"op": "delete_row", "id": "a"}]}', "resource id"),
    ],
)
def test_a_file_that_is_no_patch_is_unusable(
    cli: Cli, estate: Path, tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "patch.json"
    path.write_text(text)
    ran = cli("whatif", estate, "--apply", path)
    assert ran.code == 4
    assert says in ran.err


def test_a_patch_that_is_not_there_is_unusable(cli: Cli, estate: Path, tmp_path: Path) -> None:
    assert cli("whatif", estate, "--apply", tmp_path / "none.json").code == 4
