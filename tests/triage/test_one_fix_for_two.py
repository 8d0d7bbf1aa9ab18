"""One object that stands in the way of the name and of the packets is mended once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgtopo.session import open_files
from pgtopo.triage.case import Case
from tests.checks.homes import injected
from tests.estates.world import World, route

_APPLIANCE, _RESOLVER = "10.0.1.4", "10.4.1.4"


def _through_an_appliance() -> World:
    """All spokes of a hub, the resolver's too, reach each other by an appliance that fails."""
    world = World()
    way = route("all", "10.0.0.0/8", "VirtualAppliance", _APPLIANCE)
    home = injected(world=world, route_table=world.route_table("rt-pg", way))
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    place = world.subnet(hub, "snet-nva", "10.0.1.0/26")
    world.vm("vm-nva", world.nic("nic-nva", place, _APPLIANCE, forwarding=False))
    dns = world.vnet("vnet-dns", "10.4.0.0/16")
    inside = world.subnet(dns, "snet-dns-in", "10.4.1.0/28", delegation="dns")
    world.inbound(world.resolver("dnspr", dns), inside, _RESOLVER)
    world.link(home.zone, dns)
    app = world.vnet("vnet-app", "10.3.0.0/16", dns=(_RESOLVER,))
    world.subnet(app, "snet-app", "10.3.1.0/24", route_table=world.route_table("rt-app", way))
    flags = {"allowForwardedTraffic": True}
    for network in (home.network, dns, app):
        world.peer(network, hub, flags, flags)
    return world


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("Temporary failure in name resolution", "DNS_SERVER_UNREACHABLE"),
        ("timeout expired", "APPLIANCE_NOT_FORWARDING"),
    ],
)
def test_each_face_of_the_fault_has_the_same_proved_fix(
    tmp_path: Path, error: str, code: str
) -> None:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(_through_an_appliance().snapshot()), encoding="utf-8")
    case = Case(client="vnet-app/snet-app", server="psql-orders", error=error)
    first, second = open_files([str(path)]).triage(case).causes[:2]
    assert first.code == code
    assert {first.code, second.code} == {"DNS_SERVER_UNREACHABLE", "APPLIANCE_NOT_FORWARDING"}
    (fix,) = first.fixes
    assert fix.is_verified
    assert fix.text == "Switch IP forwarding on for interface nic-nva."
    assert second.fixes == first.fixes
