from typing import Any

from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, route

CHECK = "PGT611"


def _closed(entra: bool = True, **props: Any) -> World:
    return injected(entra=entra, subnet_props={"defaultOutboundAccess": False, **props}).world


def with_route(hop: str = "VirtualAppliance", address: str = "10.0.1.4") -> World:
    world = World()
    table = world.route_table("rt", route("out", "0.0.0.0/0", hop, *([address] if address else [])))
    props = {"defaultOutboundAccess": False}
    return injected(world=world, route_table=table, entra=True, subnet_props=props).world


def with_nat() -> World:
    world = World()
    nat = world.nat("nat", world.public_ip("pip", "203.0.113.7"))
    props = {"defaultOutboundAccess": False, "natGateway": {"id": nat}}
    return injected(world=world, entra=True, subnet_props=props).world


def table_out_of_sight() -> World:
    world = with_route()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt"))
    return world


CASES: list[Case] = [
    ("default outbound access", lambda: injected(entra=True).world, ok),
    ("near miss: a NAT gateway", with_nat, ok),
    ("near miss: a default route", with_route, ok),
    ("near miss: nothing is needed", lambda: _closed(entra=False), ok),
    (
        "Entra has no way",
        _closed,
        fail("warning", certainty="likely", says="Entra sign-in of psql-orders", cause="snet-pg"),
    ),
    (
        "Storage has no way",
        lambda: _closed(entra=False, serviceEndpoints=[]),
        fail("warning", certainty="likely", says="service endpoint for Storage"),
    ),
    (
        "a default route that drops",
        lambda: with_route("None", ""),
        fail("warning", certainty="likely", says="route out leads to None"),
    ),
    (
        "a default route to the internet, without an address to leave with",
        lambda: with_route("Internet", ""),
        fail("warning", certainty="likely", says="route out leads to Internet"),
    ),
    (
        "near miss: a default route to a gateway",
        lambda: with_route("VirtualNetworkGateway", ""),
        ok,
    ),
    ("route table out of sight", table_out_of_sight, unknown("rt")),
]
