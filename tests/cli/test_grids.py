"""`pgtopo dns`: every network against every server."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sound_world, written

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = ROOT / "snapshots" / "contoso" / "snapshot.json"


def test_names_are_answered_for_every_network_and_server(cli: Cli) -> None:
    ran = cli("dns", CONTOSO, "--format", "json")
    assert ran.code == 0
    document = ran.json
    assert set(document) == {"schema", "networks", "servers", "cells"}
    assert document["schema"] == "pgtopo.dns/1"
    places = [(cell["network"], cell["server"]) for cell in document["cells"]]
    networks, servers = range(len(document["networks"])), range(len(document["servers"]))
    assert places == [(network, server) for network in networks for server in servers]
    for cell in document["cells"]:
        assert set(cell) == {"network", "server", "verdict", "code", "answers", "zone"}
        assert cell["verdict"] in ("allowed", "blocked", "unknown", "mixed")
        assert (cell["code"] == "OK") <= (cell["verdict"] == "allowed")
    assert cli("dns", CONTOSO, "--format", "json").out == ran.out


def test_a_linked_network_gets_the_server_s_address(cli: Cli, sound: Path) -> None:
    """R22: a name resolves where the zone is linked."""
    document = cli("dns", sound, "--format", "json").json
    (cell,) = document["cells"]
    assert (cell["verdict"], cell["code"], cell["answers"]) == ("allowed", "OK", ["10.1.1.4"])
    assert cell["zone"].endswith("/orders.private.postgres.database.azure.com")


def test_a_network_without_a_link_gets_no_answer(cli: Cli, tmp_path: Path) -> None:
    world = sound_world()
    world.vnet("vnet-other", "10.2.0.0/16")
    document = cli("dns", written(tmp_path / "two.json", world.snapshot()), "--format", "json").json
    assert [cell["verdict"] for cell in document["cells"]] == ["allowed", "blocked"]
    assert document["cells"][1]["answers"] == []


@pytest.mark.parametrize("verb", ["dns"])
def test_csv_has_one_line_per_cell(cli: Cli, verb: str) -> None:
    cells = cli(verb, CONTOSO, "--format", "json").json["cells"]
    lines = list(csv.DictReader(io.StringIO(cli(verb, CONTOSO, "--format", "csv").text)))
    assert [line["code"] for line in lines] == [cell["code"] for cell in cells]
    assert all(line["server"].startswith("/subscriptions/") for line in lines)


@pytest.mark.parametrize("verb", ["dns"])
def test_text_names_every_server_and_fits(
    cli: Cli, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = cli(verb, CONTOSO, "--format", "json").json["servers"]
    monkeypatch.setenv("COLUMNS", "80")
    text = cli(verb, CONTOSO).text
    assert [one["name"] for one in servers if one["name"] not in text] == []
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("verb", ["dns"])
@pytest.mark.parametrize("name", ["json", "csv", "text"])
def test_an_empty_estate_is_an_empty_grid(cli: Cli, tmp_path: Path, verb: str, name: str) -> None:
    ran = cli(verb, written(tmp_path / "empty.json", []), "--format", name)
    assert ran.code == 0
    if name == "json":
        assert ran.json["cells"] == []


def test_a_grid_goes_to_a_file_whole(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "grid.json"
    assert cli("dns", CONTOSO, "--format", "json", "-o", target).code == 0
    assert target.read_bytes() == cli("dns", CONTOSO, "--format", "json").out
