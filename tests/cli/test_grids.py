"""`pgtopo dns` and `pgtopo matrix`: everybody against every server."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran, sound_world, written
from tests.thorough import some

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = ROOT / "snapshots" / "contoso" / "snapshot.json"


_DONE: dict[tuple[str, ...], Ran] = {}


def once(cli: Cli, *words: str | Path) -> Ran:
    """What a command line says, asked once for all tests of this file."""
    key = tuple(map(str, words))
    if key not in _DONE:
        _DONE[key] = cli(*words)
    return _DONE[key]


def test_names_are_answered_for_every_network_and_server(cli: Cli) -> None:
    ran = once(cli, "dns", CONTOSO, "--format", "json")
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


def test_an_empty_grid_says_why(cli: Cli, tmp_path: Path, sound: Path) -> None:
    told = cli("matrix", sound).text
    assert "No subnet in the data is a client" in told
    assert "psql-orders" not in told
    world = sound_world()
    world.rows[:] = [row for row in world.rows if row["name"] != "psql-orders"]
    for verb in ("matrix", "dns"):
        told = cli(verb, written(tmp_path / f"{verb}.json", world.snapshot())).text
        assert "No flexible server is in the data" in told


@pytest.mark.parametrize("verb", ["dns", "matrix"])
def test_csv_has_one_line_per_cell(cli: Cli, verb: str) -> None:
    cells = once(cli, verb, CONTOSO, "--format", "json").json["cells"]
    lines = list(csv.DictReader(io.StringIO(once(cli, verb, CONTOSO, "--format", "csv").text)))
    assert [line["code"] for line in lines] == [cell["code"] for cell in cells]
    assert all(line["server"].startswith("/subscriptions/") for line in lines)


@pytest.mark.parametrize("verb", ["dns", "matrix"])
def test_text_names_every_server_and_fits(
    cli: Cli, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = once(cli, verb, CONTOSO, "--format", "json").json["servers"]
    monkeypatch.setenv("COLUMNS", "80")
    text = cli(verb, CONTOSO).text
    assert [one["name"] for one in servers if one["name"] not in text] == []
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("verb", ["dns", "matrix"])
@pytest.mark.parametrize("name", ["json", "csv", "text"])
def test_an_empty_estate_is_an_empty_grid(cli: Cli, tmp_path: Path, verb: str, name: str) -> None:
    ran = cli(verb, written(tmp_path / "empty.json", []), "--format", name)
    assert ran.code == 0
    if name == "json":
        assert ran.json["cells"] == []


def test_a_grid_goes_to_a_file_whole(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "grid.json"
    assert cli("dns", CONTOSO, "--format", "json", "-o", target).code == 0
    assert target.read_bytes() == once(cli, "dns", CONTOSO, "--format", "json").out


def test_every_client_subnet_against_every_server(cli: Cli) -> None:
    ran = once(cli, "matrix", CONTOSO, "--format", "json")
    assert ran.code == 0
    document = ran.json
    assert set(document) == {"schema", "port", "clients", "servers", "cells"}
    assert document["schema"] == "pgtopo.matrix/1"
    places = [(cell["client"], cell["server"]) for cell in document["cells"]]
    clients, servers = range(len(document["clients"])), range(len(document["servers"]))
    assert places == [(client, server) for client in clients for server in servers]
    for cell in document["cells"]:
        assert set(cell) == {"client", "server", "verdict", "dns", "network", "code"}
    names = [client["id"].rsplit("/", 1)[-1] for client in document["clients"]]
    assert not {"GatewaySubnet", "AzureFirewallSubnet"} & set(names)
    assert "snet-pg-crm" not in names
    assert all(client["addresses"] for client in document["clients"])


def test_a_cell_says_what_a_trace_says(cli: Cli) -> None:
    document = once(cli, "matrix", CONTOSO, "--format", "json").json
    for cell in some(document["cells"][::97], 4):
        client = document["clients"][cell["client"]]["id"]
        server = document["servers"][cell["server"]]["id"]
        traced = cli("trace", CONTOSO, "--from", client, "--to", server, "--format", "json").json
        assert cell["verdict"] == traced["verdict"]
        assert cell["dns"] == traced["dns"]["verdict"]
        assert cell["network"] == traced["network"]["verdict"]


def test_the_port_matters(cli: Cli) -> None:
    usual = once(cli, "matrix", CONTOSO, "--format", "json").json
    other = once(cli, "matrix", CONTOSO, "--format", "json", "--port", "6000").json
    assert other["port"] == 6000
    assert usual["cells"] != other["cells"]


def test_the_summary_counts_what_the_cells_say(cli: Cli) -> None:
    cells = once(cli, "matrix", CONTOSO, "--format", "json").json["cells"]
    summary = once(cli, "matrix", CONTOSO, "--summary", "--format", "json").json
    keys = "schema clients servers pairs classes pairs_per_second by_verdict by_code"
    assert set(summary) == set(keys.split())
    assert summary["schema"] == "pgtopo.matrix-summary/1"
    assert summary["pairs"] == len(cells) == summary["clients"] * summary["servers"]
    assert summary["by_verdict"] == dict(Counter(cell["verdict"] for cell in cells))
    assert summary["by_code"] == dict(Counter(cell["code"] for cell in cells))
    for name in ("text", "csv"):
        text = once(cli, "matrix", CONTOSO, "--summary", "--format", name).text
        assert [code for code in summary["by_code"] if code not in text] == []
