"""Worked examples about connected groups, gateways and what configuration cannot tell."""

from __future__ import annotations

from tests.estates.rows import route, rule
from tests.examples.ask import ask, assumptions, step, verdicts
from tests.examples.scene import TO_FIREWALL, Scene

ALLOWED = ("allowed", "allowed", "allowed")
NETWORK_BLOCKED = ("allowed", "blocked", "blocked")
NETWORK_UNKNOWN = ("allowed", "unknown", "unknown")


def _mesh(scene: Scene) -> Scene:
    scene.linked(scene.a)
    for network in (scene.a, scene.b):
        scene.connectivity(network)
        scene.group_membership(network)
    return scene


def test_g30_connected_group_needs_no_peering() -> None:
    """G30."""
    found = ask(_mesh(Scene()), "vm-a", "pg1")
    assert verdicts(found) == ALLOWED


def test_g30_connectivity_not_readable() -> None:
    """G30."""
    scene = Scene()
    scene.linked(scene.a)
    for kind in (
        "microsoft.network/effectiveconnectivityconfigurations",
        "microsoft.network/networkgroupmemberships",
    ):
        scene.denied(kind)
    assert verdicts(ask(scene, "vm-a", "pg1")) == NETWORK_UNKNOWN


def test_g32_inner_traffic_denied_leaves_clients_alone() -> None:
    """G32."""
    rules = [
        rule("allow-app", 100, "Allow", src="10.1.0.0/16", ports="5432"),
        rule("deny-all", 4000, "Deny", protocol="*"),
    ]
    scene = Scene(pg_nsg=rules).peered()
    scene.linked(scene.a, scene.b)
    assert verdicts(ask(scene, "vm-a", "pg1")) == ALLOWED


def _through_gateway_and_firewall(*, with_return: bool) -> Scene:
    back = route("to-site", "192.168.0.0/16", "VirtualAppliance", TO_FIREWALL)
    scene = Scene(pg_nsg=[], pg_routes=[back] if with_return else [])
    scene.branch(allowForwardedTraffic=True)
    scene.firewall()
    table = scene.route_table(
        "rt-gw", route("to-db", "10.2.0.0/16", "VirtualAppliance", TO_FIREWALL)
    )
    gateway = f"{scene.hub}/subnets/GatewaySubnet"
    scene.properties(gateway)["routeTable"] = {"id": table}
    scene.hub_resolver()
    scene.linked(scene.hub)
    return scene


def test_g33_on_premises_through_the_firewall_both_ways() -> None:
    """G33."""
    scene = _through_gateway_and_firewall(with_return=True)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", "--client-dns=10.0.2.4")
    assert verdicts(found) == ALLOWED


def test_g33_on_premises_return_goes_past_the_firewall() -> None:
    """G33."""
    scene = _through_gateway_and_firewall(with_return=False)
    found = ask(scene, "onprem:192.168.10.0/24", "pg1", "--client-dns=10.0.2.4")
    assert verdicts(found) == NETWORK_BLOCKED
    assert step(found, "return_route")["verdict"] == "blocked"


def test_g34_configuration_is_judged_not_the_cache() -> None:
    """G34, J70."""
    scene = Scene().peered()
    scene.properties(scene.record)["aRecords"] = [{"ipv4Address": "10.2.1.6"}]
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ALLOWED
    assert found["dns"]["answers"] == ["10.2.1.6"]


def test_g35_point_to_site_client_profile_is_not_known() -> None:
    """G35, J70."""
    scene = Scene(pg_nsg=[]).branch()
    pool = {"vpnClientAddressPool": {"addressPrefixes": ["172.30.0.0/24"]}}
    gateway = next(
        row["id"] for row in scene.rows if row["type"].endswith("/virtualnetworkgateways")
    )
    scene.properties(gateway)["vpnClientConfiguration"] = pool
    scene.hub_resolver()
    scene.linked(scene.hub)
    found = ask(scene, "onprem:172.30.0.0/24", "pg1", "--client-dns=10.0.2.4")
    assert verdicts(found) == NETWORK_UNKNOWN
    assert "CLIENT_PROFILE" in assumptions(found)
