"""A patched copy is what parsing the patched rows gives, and shares what was not touched."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from pgtopo.errors import UsageError
from pgtopo.model.ids import fold
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.patch import Op, Patch, add_row, delete_row, remove_value, set_value
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.model.topology import Topology
from pgtopo.sources.load import load_files, load_rows
from pgtopo.sources.patching import Patcher, rows_given, rows_of_files
from tests.checks.homes import injected, reached
from tests.estates.world import World, rule

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"


def content(topology: Topology) -> dict[str, Any]:
    """Every resource but for where its row was read."""
    return {
        one.id: {k: getattr(one, k) for k in one.__struct_fields__ if k != "origin"}
        for one in topology.resources()
    }


def patched(world: World, *ops: Op) -> Topology:
    return Patcher(world.topology(), rows_given(world.rows)).apply(Patch(ops=ops))


def test_every_row_of_contoso_set_anew_changes_nothing() -> None:
    loaded = load_files([CONTOSO])
    patcher = Patcher(loaded.topology, rows_of_files(loaded.rows))
    before = content(loaded.topology)
    for row in json.loads(CONTOSO.read_text())["rows"]:
        if not loaded.topology.find(fold(row["id"])):
            continue
        op = set_value(row["id"], "/properties", row["properties"])
        after = patcher.apply(Patch(ops=(op,)))
        assert content(after) == before, row["id"]


def test_untouched_resources_and_indexes_are_shared() -> None:
    home = injected()
    topology = home.world.topology()
    zones = topology.index("links by zone", Subnet, lambda s: (s.network,))
    links = topology.links_of_zone(fold(home.zone))
    op = set_value(home.network, "/properties/dhcpOptions", {"dnsServers": ["10.9.9.9"]})
    after = Patcher(topology, rows_given(home.world.rows)).apply(Patch(ops=(op,)))
    assert after.find(fold(home.server)) is topology.find(fold(home.server))
    assert after.coverage is topology.coverage
    assert zones is not None
    assert links is not None
    network = after.get(VirtualNetwork, fold(home.network))
    assert network is not None
    assert network.dns_servers == ("10.9.9.9",)
    untouched = topology.get(VirtualNetwork, fold(home.network))
    assert untouched is not None
    assert untouched.dns_servers == ()


def test_a_nested_subnet_is_changed_where_it_stands() -> None:
    home = injected()
    after = patched(home.world, set_value(home.subnet, "/properties/delegations", []))
    subnet = after.get(Subnet, fold(home.subnet))
    assert subnet is not None
    assert subnet.delegations == ()
    assert after.subnets_of(fold(home.network)) == [subnet]


def test_a_subnet_with_a_row_of_its_own_is_changed_in_both_places() -> None:
    home = injected()
    row = {**home.world.row(home.subnet), "type": Subnet.KIND}
    home.world.rows.append(copy.deepcopy(row))
    world = home.world
    patcher = Patcher(
        load_rows(world.rows, world.coverage),
        rows_given(world.rows),
    )
    after = patcher.apply(Patch(ops=(remove_value(home.subnet, "/properties/delegations"),)))
    subnet = after.get(Subnet, fold(home.subnet))
    assert subnet is not None
    assert subnet.delegations == ()


@pytest.mark.parametrize("by_row", [True, False])
def test_a_rule_is_deleted_by_its_own_id_and_by_a_pointer_to_its_name(*, by_row: bool) -> None:
    world = World()
    nsg = world.nsg("nsg-pg", rule("deny-all", 4000, "Deny"), rule("allow-app", 100, "Allow"))
    home = injected(nsg=nsg, world=world)
    op = (
        delete_row(f"{nsg}/securityRules/deny-all")
        if by_row
        else remove_value(nsg, "/properties/securityRules/DENY-ALL")
    )
    found = patched(home.world, op).get(NetworkSecurityGroup, fold(nsg))
    assert found is not None
    assert [one.name for one in found.rules] == ["allow-app"]


def test_a_named_element_is_added_to_a_list() -> None:
    world = World()
    nsg = world.nsg("nsg-pg")
    home = injected(nsg=nsg, world=world)
    value = {"properties": rule("x", 100, "Allow")["properties"]}
    op = set_value(nsg, "/properties/securityRules/allow-app", value)
    found = patched(home.world, op).get(NetworkSecurityGroup, fold(nsg))
    assert found is not None
    assert [one.name for one in found.rules] == ["allow-app"]


def test_a_peering_is_added_as_a_row() -> None:
    home = injected()
    hub = home.world.vnet("vnet-hub", "10.0.0.0/16")
    peering = f"{hub}/virtualNetworkPeerings/to-data"
    row = {
        "id": peering,
        "properties": {"remoteVirtualNetwork": {"id": home.network}, "peeringState": "Connected"},
    }
    after = patched(home.world, add_row(row))
    found = after.get(Peering, fold(peering))
    assert found is not None
    assert found.is_connected
    assert after.peerings_to(fold(home.network)) == [found]


def test_deleting_a_network_takes_everything_below_it_along() -> None:
    home = injected()
    after = patched(home.world, delete_row(home.network))
    assert after.find(fold(home.network)) is None
    assert after.find(fold(home.subnet)) is None
    assert after.subnets_of(fold(home.network)) == []
    assert after.find(fold(home.server)) is not None


def test_deleting_the_endpoint_changes_the_mode_of_a_server_without_a_list() -> None:
    found = reached(access="Enabled")
    found.world.properties(found.server).pop("privateEndpointConnections", None)
    for row in [r for r in found.world.rows if "privateendpointconnections" in r["type"].lower()]:
        found.world.remove(row["id"])
    server = found.world.topology().get(FlexibleServer, fold(found.server))
    assert server is not None
    assert server.mode is Mode.PRIVATE_ENDPOINT
    after = patched(found.world, delete_row(found.endpoint)).get(FlexibleServer, fold(found.server))
    assert after is not None
    assert after.mode is Mode.PUBLIC


def test_operations_are_applied_in_order() -> None:
    home = injected()
    link = home.world.row(home.link)
    other = {**link, "id": home.link + "-2", "name": "second"}
    after = patched(home.world, delete_row(home.link), add_row(other))
    assert [one.id for one in after.links_of_zone(fold(home.zone))] == [fold(home.link + "-2")]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda h: set_value(h.link + "x", "/properties/a", 1), "no such row"),
        (lambda h: delete_row(h.link + "x"), "no such row"),
        (lambda h: set_value(h.link, "/propertys/a", 1), "no /propertys"),
        (lambda h: set_value(h.link, "/name/a", 1), "plain value"),
        (lambda h: remove_value(h.link, "/properties/nothing"), "no 'nothing'"),
        (lambda h: set_value(h.network, "/properties/subnets/9", {}), "no element 9"),
        (lambda h: add_row({"id": h.link}), "there already"),
        (lambda h: add_row({"id": "/subscriptions/s/providers/a.b/c/d"}), "reads no rows"),
        (lambda h: set_value(h.link, "/properties/registrationEnabled", "yes"), "registration"),
    ],
)
def test_a_patch_that_does_not_fit_is_refused_with_its_place(make: Any, says: str) -> None:
    home = injected()
    with pytest.raises(UsageError, match=says):
        patched(home.world, make(home))
