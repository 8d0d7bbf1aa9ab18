"""`pgtopo list`: each kind, in each format."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pgtopo.reports.lists import as_csv
from pgtopo.session import open_files
from pgtopo.views.style import PLAIN
from pgtopo.views.tables.registry import all_tables, kinds
from tests.cli.conftest import Cli, sound_world, written

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = ROOT / "snapshots" / "contoso" / "snapshot.json"
KINDS = list(kinds())

#: Keys that scripts rely on.
FIXED = {
    "servers": "id name mode state subnet network zone fqdn ha role source_server location",
    "subnets": "id name network addresses nsg route_table delegation ips servers",
}
COUNTS = {"size", "reserved", "used", "used_source", "free", "more_servers", "more_ha_servers"}


def listed(cli: Cli, kind: str, path: Path = CONTOSO) -> list[dict[str, Any]]:
    document = cli("list", kind, path, "--format", "json").json
    assert document["schema"] == "pgtopo.list/1"
    assert document["kind"] == kind
    items: list[dict[str, Any]] = document["items"]
    return items


def test_tables_are_named_for_their_modules() -> None:
    assert [table.kind for table in all_tables()] == KINDS


def test_every_promised_kind_is_there() -> None:
    promised = "servers networks subnets zones links records peerings routes rules endpoints"
    assert set(promised.split()) | {"resolvers"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_documents_hold_full_ids_in_a_stable_order(cli: Cli, kind: str) -> None:
    ran = cli("list", kind, CONTOSO, "--format", "json")
    assert ran.code == 0
    assert cli("list", kind, CONTOSO, "--format", "json").out == ran.out
    items = ran.json["items"]
    assert items or kind == "changes"
    assert all(item["id"].startswith("/subscriptions/") for item in items if "id" in item)
    assert all(set(FIXED.get(kind, "").split()) <= set(item) for item in items)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_and_text_have_one_line_per_item(cli: Cli, kind: str) -> None:
    items = listed(cli, kind)
    lines = list(csv.DictReader(io.StringIO(cli("list", kind, CONTOSO, "--format", "csv").text)))
    assert len(lines) == len(items)
    assert all(None not in line and None not in line.values() for line in lines)
    text = cli("list", kind, CONTOSO).text
    assert len(text.splitlines()) == len(items) + 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [80, 120, 200])
def test_text_fits_the_width(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, kind: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = cli("list", kind, CONTOSO).text.splitlines()
    assert max(len(line) for line in lines if not line.startswith("(not shown")) <= width


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_is_fine_and_says_what_it_means(cli: Cli, tmp_path: Path, kind: str) -> None:
    path = written(tmp_path / "empty.json", [])
    ran = cli("list", kind, path, "--format", "json")
    assert ran.code == 0
    assert ran.json["items"] == []
    assert "in these files" in ran.err
    assert len(cli("list", kind, path, "--format", "csv").text.splitlines()) == 1


def test_subnets_tell_how_many_addresses_are_left(cli: Cli, sound: Path) -> None:
    """R11: size, the five Azure keeps, use and how that is known, and what still fits."""
    (subnet,) = [one for one in listed(cli, "subnets", sound) if one["name"] == "snet-pg"]
    assert set(subnet["ips"]) >= COUNTS
    assert subnet["ips"]["size"] == 16
    assert subnet["ips"]["reserved"] == 5
    assert subnet["ips"]["used_source"] in ("service", "usages", "counted", "estimated")
    assert len(subnet["servers"]) == 1


def test_room_for_servers_is_told_only_where_one_could_live(cli: Cli, tmp_path: Path) -> None:
    """R11: delegated or empty subnets have room; service subnets and used ones have none."""
    world = sound_world()
    network = next(row["id"] for row in world.rows if row["type"].endswith("/virtualnetworks"))
    world.subnet(network, "GatewaySubnet", "10.1.9.0/27")
    world.subnet(network, "snet-dns", "10.1.10.0/28", delegation="Microsoft.Network/dnsResolvers")
    world.subnet(network, "snet-empty", "10.1.11.0/28")
    path = written(tmp_path / "rooms.json", world.snapshot())
    room = {
        one["name"]: (one["ips"]["more_servers"], one["ips"]["more_ha_servers"])
        for one in listed(cli, "subnets", path)
    }
    assert room["GatewaySubnet"] == room["snet-dns"] == (None, None)
    assert room["snet-empty"] == (5, 2)
    assert room["snet-pg"] == (4, 2)
    (line,) = [one for one in cli("list", "subnets", path).text.splitlines() if "GatewayS" in one]
    assert line.split()[5] == "-"


def test_values_of_records_are_left_aligned(cli: Cli) -> None:
    head, *lines = cli("list", "records", CONTOSO).text.splitlines()
    at = head.index("VALUES")
    assert all(line[at - 1] == " " and line[at] != " " for line in lines)


def test_servers_refer_to_subnet_network_and_zone_as_first_seen(cli: Cli, sound: Path) -> None:
    (server,) = listed(cli, "servers", sound)
    assert server["mode"] == "vnet"
    assert server["subnet"].endswith("/virtualNetworks/vnet-app/subnets/snet-pg")
    assert server["subnet"].startswith(server["network"] + "/")
    assert server["zone"].endswith("/orders.private.postgres.database.azure.com")


def test_without_a_change_history_the_list_of_changes_is_empty(cli: Cli) -> None:
    ran = cli("list", "changes", CONTOSO, "--format", "json")
    assert ran.code == 0
    assert ran.json["items"] == []
    assert "no change history was collected" in ran.err


def test_rules_hold_the_defaults_too(cli: Cli, tmp_path: Path) -> None:
    world = sound_world()
    world.nsg("nsg-pg")
    items = listed(cli, "rules", written(tmp_path / "nsg.json", world.snapshot()))
    defaults = [one for one in items if one["kind"] == "nsg_default"]
    assert {one["name"] for one in defaults} >= {"AllowVnetInBound", "DenyAllInBound"}


def test_a_formula_in_data_is_not_one_in_csv(cli: Cli, tmp_path: Path) -> None:
    world = sound_world()
    world.vnet("=cmd|'calc'!A0", "10.9.0.0/16")
    text = cli(
        "list", "networks", written(tmp_path / "f.json", world.snapshot()), "--format", "csv"
    ).text
    names = [line["name"] for line in csv.DictReader(io.StringIO(text))]
    assert "'=cmd|'calc'!A0" in names


def test_several_files_are_one_estate(cli: Cli, tmp_path: Path, sound: Path) -> None:
    other = sound_world()
    other.vnet("vnet-other", "10.2.0.0/16")
    path = written(tmp_path / "other.json", other.snapshot())
    document = cli("list", "networks", sound, path, "--format", "json").json
    assert [one["name"] for one in document["items"]] == ["vnet-app", "vnet-other"]


def test_what_is_in_force_on_a_subnet(cli: Cli) -> None:
    """R15: the rules on a subnet in the order in which they are tried, and its routes."""
    words = ("--effective", "snet-pg-crm", CONTOSO, "--format", "json")
    routes = cli("list", "routes", *words).json["items"]
    own = next(one for one in routes if one["name"] == "own-subnet")
    assert own["prefix"] == ["10.41.96.0/27"]
    assert own["source"] == "User"
    assert any(one["prefix"] == ["0.0.0.0/0"] for one in routes)
    rules = cli("list", "rules", *words).json["items"]
    inbound = [one["priority"] for one in rules if one["direction"] == "Inbound"]
    assert inbound == sorted(inbound)
    assert inbound[-1] == 65500


@pytest.mark.parametrize(
    ("kind", "name", "part"),
    [
        ("routes", "AzureFirewallSubnet", "vnet-hub-neu"),
        ("routes", "no-such-subnet", "no-such-subnet"),
        ("routes", "vnet-crm-neu", "no subnet"),
        ("servers", "snet-pg-crm", "routes"),
    ],
)
def test_effective_needs_one_subnet_and_a_list_that_can_tell(
    cli: Cli, kind: str, name: str, part: str
) -> None:
    ran = cli("list", kind, CONTOSO, "--effective", name)
    assert ran.code == 2
    assert part in ran.err


def test_what_may_hold_a_struct_has_its_columns_in_every_line(cli: Cli) -> None:
    table, items = open_files([CONTOSO]).table("needs")
    absent = msgspec.structs.replace(items[0], decided_by=None)
    text = as_csv.render(table, [items[0], absent], PLAIN).decode()
    full, empty = csv.DictReader(io.StringIO(text))
    assert full["decided_by.resource"] == listed(cli, "needs")[0]["decided_by"]["resource"]
    assert [empty[f"decided_by.{key}"] for key in ("resource", "property", "value")] == ["", "", ""]
    assert empty["text"] == full["text"]
    assert empty["assumptions"] == full["assumptions"]
