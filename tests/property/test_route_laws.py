"""Laws of routes."""

from __future__ import annotations

import ipaddress

from hypothesis import given, settings
from hypothesis import strategies as st

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.effective_route import Hop, Source
from pgtopo.analysis.routes.table import effective_routes
from pgtopo.model.ids import fold
from pgtopo.model.network import Subnet
from tests.estates.rows import route
from tests.estates.world import World
from tests.oracle.routes import route_to
from tests.oracle.rows import Estate, low

HOPS = ["VnetLocal", "Internet", "None", "VirtualAppliance"]
WORDS = {
    Hop.LOCAL: "local",
    Hop.PEERING: "peer",
    Hop.GATEWAY: "gateway",
    Hop.INTERNET: "internet",
    Hop.NONE: "none",
    Hop.APPLIANCE: "appliance",
}


def _prefix(address: int, length: int) -> str:
    return str(ipaddress.ip_network((address, length), strict=False))


#: Mostly within 10.0.0.0/14, where networks, peers and sites of the world lie.
ADDRESSES = st.one_of(st.integers(10 << 24, (10 << 24) + (4 << 16)), st.integers(0, (1 << 32) - 1))
ROUTES = st.lists(
    st.tuples(
        st.builds(_prefix, ADDRESSES, st.sampled_from([0, 8, 12, 15, 16, 17, 24, 28, 32])),
        st.sampled_from(HOPS),
    ),
    max_size=8,
    unique_by=lambda one: one[0],
)


def _world(routes: list[tuple[str, str]], site: str, *, disable_bgp: bool) -> tuple[World, str]:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    peer = world.vnet("vnet-b", "10.2.0.0/16", "10.3.8.0/21")
    world.peer(network, peer)
    gateway = world.gateway("vgw", world.subnet(network, "GatewaySubnet", "10.1.255.0/27"))
    world.connection("con", gateway, world.local_gateway("lng", site, "192.168.0.0/16"))
    made = [
        route(f"r-{n}", prefix, hop, "10.1.9.4" if hop == "VirtualAppliance" else None)
        for n, (prefix, hop) in enumerate(routes)
    ]
    table = world.route_table("rt", *made, disable_bgp=disable_bgp)
    return world, world.subnet(network, "snet-a", "10.1.2.0/24", route_table=table)


@settings(max_examples=150, deadline=None)
@given(
    routes=ROUTES,
    asked=st.lists(ADDRESSES, min_size=1, max_size=12),
    site=st.sampled_from(["10.2.64.0/20", "10.3.0.0/16", "10.1.2.0/25", "172.16.0.0/12"]),
    disable_bgp=st.booleans(),
)
def test_longest_prefix_match_equals_brute_force(
    routes: list[tuple[str, str]], asked: list[int], site: str, disable_bgp: bool
) -> None:
    world, subnet_id = _world(routes, site, disable_bgp=disable_bgp)
    facts = Facts(world.topology())
    estate = Estate(world.rows, world.coverage)
    subnet = facts.topology.get(Subnet, fold(subnet_id))
    assert subnet is not None
    table = effective_routes(facts, subnet.id)
    edges = [int(ipaddress.ip_network(prefix)[place]) for prefix, _ in routes for place in (0, -1)]
    for address in [*asked, *edges]:
        found = table.route_of(address)
        (expected,) = route_to(estate, low(subnet_id), address)
        is_user = found.source is Source.USER
        assert (WORDS[found.hop], is_user) == (expected.hop, expected.origin == "user")
        assert found.span == (
            int(expected.prefix.network_address),
            int(expected.prefix.broadcast_address),
        )
