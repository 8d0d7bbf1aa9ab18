from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, reached
from tests.estates.world import World

CHECK = "PGT713"


def _injected_primary(inside: bool, access: str = "Enabled") -> World:
    home = injected()
    subnet, zone = (home.subnet, home.zone) if inside else (None, None)
    replica = home.world.replica("psql-orders-r", home.server, subnet, zone, access=access)
    if access == "Disabled":
        home.world.properties(replica)["privateEndpointConnections"] = ...
        del home.world.properties(replica)["privateEndpointConnections"]
    return home.world


def endpoint_and_public() -> World:
    home = reached()
    home.world.replica("psql-shop-r", home.server, None, None)
    return home.world


def primary_out_of_sight() -> World:
    home = injected()
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone)
    home.world.remove(home.server)
    return home.world


CASES: list[Case] = [
    ("both inside", lambda: _injected_primary(inside=True), ok),
    ("near miss: an endpoint here, public there", endpoint_and_public, ok),
    ("near miss: no replica", lambda: injected().world, skip),
    ("one inside, one outside", lambda: _injected_primary(inside=False), fail("warning")),
    (
        "a thin body of a replica",
        lambda: _injected_primary(inside=False, access="Disabled"),
        unknown("mode"),
    ),
    ("the primary is out of sight", primary_out_of_sight, unknown("psql-orders")),
]
