"""Effective route tables of interfaces settle what no resource says about learned routes."""

from __future__ import annotations

from tests.estates.rows import route
from tests.examples.ask import ask, says, step
from tests.examples.scene import TO_FIREWALL, Scene

BY_TABLE = "/nic-a/providers/pgtopo/effectiveroutes"


def _with_route_server() -> Scene:
    """Nothing in the rows says where the app network's private destinations are."""
    scene = Scene().linked()
    scene.subnet(scene.a, "RouteServerSubnet", "10.1.254.0/27")
    scene.route_server("rs", scene.a)
    return scene.linked(scene.a)


def _nic(scene: Scene) -> str:
    return f"{scene.a.split('/providers/')[0]}/providers/Microsoft.Network/networkInterfaces/nic-a"


def test_route_server_leaves_routes_open_until_somebody_looks() -> None:
    scene = _with_route_server()
    found = step(ask(scene, "vm-a", "pg1"), "forward_route")
    assert (found["verdict"], found["code"]) == ("unknown", "BGP_ROUTES_UNSEEN")
    scene.effective_routes(_nic(scene))
    by = "forward_route: vnet-a virtualNetworkPeerings="
    says(ask(scene, "vm-a", "pg1"), "allowed", "blocked NO_ROUTE", by)


def test_learned_route_to_an_appliance_is_followed() -> None:
    scene = _with_route_server()
    box = scene.subnet(scene.a, "snet-nva", "10.1.7.0/28")
    scene.vm("vm-deaf", scene.nic("nic-deaf", box, "10.1.7.4", forwarding=False))
    scene.effective_routes(_nic(scene), ("10.2.0.0/16", "VirtualAppliance", "10.1.7.4"))
    found = ask(scene, "vm-a", "pg1")
    by = "transit: nic-deaf enableIPForwarding=False"
    says(found, "allowed", "blocked APPLIANCE_NOT_FORWARDING", by)
    assert step(found, "forward_route")["decided_by"]["resource"].endswith(BY_TABLE)


def test_table_of_an_interface_speaks_for_its_network_and_route_table_only() -> None:
    """A subnet with a route table of its own may learn, or not, by itself."""
    scene = _with_route_server()
    scene.effective_routes(_nic(scene))
    other = scene.subnet(
        scene.a,
        "snet-other",
        "10.1.8.0/24",
        route_table=scene.route_table("rt-other", route("x", "10.99.0.0/16", "None")),
    )
    scene.vm("vm-other", scene.nic("nic-other", other, "10.1.8.4"))
    assert step(ask(scene, "vm-other", "pg1"), "forward_route")["code"] == "BGP_ROUTES_UNSEEN"
    assert step(ask(scene, "vm-a", "pg1"), "forward_route")["code"] == "NO_ROUTE"


def test_table_of_a_network_on_a_virtual_hub_is_not_taken_for_a_gateways() -> None:
    scene = Scene(pg_nsg=[])
    hub = scene.virtual_hub("vhub", scene.virtual_wan("wan"), "10.100.0.0/23")
    scene.hub_connection(hub, scene.a)
    scene.hub_connection(hub, scene.b)
    scene.linked(scene.a)
    scene.effective_routes(_nic(scene), ("10.2.0.0/16", "VirtualNetworkGateway", TO_FIREWALL))
    by = "forward_route: vhub/conn-vnet-a routingConfiguration=None"
    says(ask(scene, "vm-a", "pg1"), "allowed", "allowed", by)
