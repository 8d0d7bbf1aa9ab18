"""Effective routes: the longest prefix against brute force, and who beats whom."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.firewalls import ordered_rules
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable, Hop, Source
from pgtopo.analysis.routes.table import effective_routes
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.net import MAX_V4, Span, SpanSet, parse_address, parse_prefix
from tests.estates.rows import route
from tests.estates.world import World
from tests.examples.scene import SPOKE_TO_DATABASE, Scene

PREFIXES = st.lists(
    st.tuples(st.integers(0, 255), st.integers(1, 32)).map(
        lambda drawn: (drawn[0] << 24 | drawn[0] << 10, drawn[1])
    ),
    max_size=12,
)


def _route(low: int, high: int) -> EffectiveRoute:
    return EffectiveRoute(
        span=Span(low, high),
        hop=Hop.NONE,
        source=Source.SYSTEM,
        evidence=Evidence(ArmId("/r"), "properties", value=None),
        name=f"{low}-{high}",
    )


def _table(drawn: list[tuple[int, int]]) -> tuple[EffectiveTable, list[EffectiveRoute]]:
    spans = {Span(0, MAX_V4)}
    for base, bits in drawn:
        size = 1 << (32 - bits)
        low = base & ~(size - 1)
        spans.add(Span(low, low + size - 1))
    routes = [_route(*span) for span in sorted(spans)]
    return EffectiveTable(routes), routes


def _brute(routes: list[EffectiveRoute], address: int) -> EffectiveRoute:
    held = [r for r in routes if r.span.low <= address <= r.span.high]
    return min(held, key=lambda r: r.span.high - r.span.low)


@settings(max_examples=150, deadline=None)
@given(PREFIXES)
def test_longest_prefix_equals_brute_force(drawn: list[tuple[int, int]]) -> None:
    table, routes = _table(drawn)
    edges = {0, MAX_V4}
    for one in routes:
        for edge in one.span:
            edges |= {max(edge - 1, 0), edge, min(edge + 1, MAX_V4)}
    for address in edges:
        assert table.route_of(address) is _brute(routes, address)


@settings(max_examples=100, deadline=None)
@given(PREFIXES, st.integers(0, MAX_V4), st.integers(0, 1 << 26))
def test_lookup_partitions_its_destinations(
    drawn: list[tuple[int, int]], low: int, size: int
) -> None:
    table, routes = _table(drawn)
    asked = SpanSet.of(low, min(low + size, MAX_V4))
    found = table.lookup(asked)
    assert sum(len(share) for share, _ in found) == len(asked)
    for share, owner in found:
        for span in share:
            assert _brute(routes, span.low) is owner
            assert _brute(routes, span.high) is owner


def _hop(scene: Scene, address: str, subnet: str | None = None) -> Hop:
    value = parse_address(address)
    assert value is not None
    facts = Facts(scene.topology())
    return effective_routes(facts, fold(subnet or scene.app)).route_of(value).hop


def test_private_ranges_are_dropped_without_a_default_route() -> None:
    assert _hop(Scene(), "10.200.0.4") is Hop.NONE
    assert _hop(Scene(), "172.16.0.4") is Hop.NONE
    assert _hop(Scene(), "8.8.8.8") is Hop.INTERNET


def test_default_route_takes_private_ranges_too() -> None:
    default = route("all", "0.0.0.0/0", "VirtualAppliance", "10.1.2.9")
    scene = Scene(app_routes=[default])
    assert _hop(scene, "172.16.0.4") is Hop.APPLIANCE
    assert _hop(scene, "10.1.2.5") is Hop.LOCAL


def test_equal_prefix_of_a_user_beats_a_peering_and_a_shorter_one_does_not() -> None:
    equal = Scene(app_routes=[route("drop", "10.2.0.0/16", "None")]).peered()
    assert _hop(equal, "10.2.1.5") is Hop.NONE
    shorter = Scene(app_routes=[route("drop", "10.0.0.0/8", "None")]).peered()
    assert _hop(shorter, "10.2.1.5") is Hop.PEERING


def test_gateway_prefix_does_not_beat_a_peering_however_long() -> None:
    scene = Scene().branch()
    gateway = next(
        row["id"] for row in scene.rows if row["type"].endswith("/virtualnetworkgateways")
    )
    scene.connection("con-b", gateway, scene.local_gateway("lng-b", "10.2.1.0/24"))
    assert _hop(scene, "10.2.1.5", f"{scene.hub}/subnets/GatewaySubnet") is Hop.PEERING
    assert _hop(scene, "192.168.9.9", scene.pg) is Hop.GATEWAY


def test_disabled_propagation_takes_gateway_routes_away() -> None:
    scene = Scene(pg_disable_bgp=True).branch()
    assert _hop(scene, "192.168.9.9", scene.pg) is Hop.NONE


def test_subnets_of_one_table_share_their_routes() -> None:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    table = world.route_table("rt", route("r", "10.9.0.0/16", "None"))
    one = world.subnet(network, "one", "10.1.1.0/24", route_table=table)
    two = world.subnet(network, "two", "10.1.2.0/24", route_table=table)
    facts = Facts(world.topology())
    assert effective_routes(facts, fold(one)) is effective_routes(facts, fold(two))


def test_route_table_that_was_not_read_leaves_every_route_open() -> None:
    scene = Scene(app_routes=[route("r", "10.9.0.0/16", "None")])
    scene.rows = [r for r in scene.rows if not r["type"].endswith("/routetables")]
    assert _hop(scene, "10.2.1.5") is Hop.UNKNOWN


def test_prefix_parsing_of_the_example_is_what_it_says() -> None:
    assert parse_prefix("10.2.0.0/16") == Span(10 << 24 | 2 << 16, (10 << 24 | 3 << 16) - 1)


def test_endpoint_that_lists_no_interface_has_the_route_of_the_one_that_names_it() -> None:
    """Both sides of the reference count; the endpoint's own list may be missing."""
    scene = Scene().peered()
    subnet = scene.subnet(scene.b, "snet-pe", "10.2.9.0/28")
    endpoint = scene.endpoint("pe-pg2", subnet, scene.pg1, "10.2.9.4")
    scene.properties(endpoint).update(networkInterfaces=[], customDnsConfigs=[])
    facts = Facts(scene.topology())
    address = parse_address("10.2.9.4")
    assert address is not None
    found = effective_routes(facts, fold(scene.app)).route_of(address)
    assert (found.hop, found.span) == (Hop.ENDPOINT, Span(address, address))


def test_policies_in_a_circle_have_no_order_of_rules() -> None:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes()
    firewall = scene.firewall()
    parents = [scene.firewall_policy(f"fwp-{number}") for number in range(3)]
    child = scene.properties(scene.properties(firewall)["firewallPolicy"]["id"])
    child["basePolicy"] = {"id": parents[0]}
    for one, parent in zip(parents, parents[1:] + parents[:1], strict=True):
        scene.properties(one)["basePolicy"] = {"id": parent}
    assert ordered_rules(Facts(scene.topology()), fold(firewall)) is None
