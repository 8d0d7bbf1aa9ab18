from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import through_hub
from tests.estates.world import World

CHECK = "PGT505"


def _refused(is_declared: bool = False, has_table: bool = True) -> World:
    made = through_hub(accepts=False, is_declared=is_declared)
    world = made.spoke.world
    server_place = world.properties(made.spoke.server_subnet)
    if has_table:
        server_place["networkSecurityGroup"] = {"id": world.nsg("nsg-pg")}
    return world


def one_half() -> World:
    made = through_hub()
    world = made.spoke.world
    world.properties(made.spoke.server_subnet)["networkSecurityGroup"] = {"id": world.nsg("nsg-pg")}
    half = f"{made.spoke.server_network}/virtualNetworkPeerings/peer-vnet-data-to-vnet-hub"
    world.properties(half)["allowForwardedTraffic"] = False
    return world


def without_nsg() -> World:
    made = through_hub()
    half = f"{made.spoke.server_network}/virtualNetworkPeerings/peer-vnet-data-to-vnet-hub"
    made.spoke.world.properties(half)["allowForwardedTraffic"] = False
    return made.spoke.world


def direct() -> World:
    return through_hub(there=False, back=False, accepts=False).spoke.world


CASES: list[Case] = [
    ("near miss: both spokes take it in", lambda: through_hub().spoke.world, skip),
    ("near miss: nothing is forwarded", direct, ok),
    ("flag off, but nothing is forwarded", direct, ok),
    (
        "R27 the server's half refuses",
        one_half,
        fail("warning", certainty="likely", says="peer-vnet-data-to-vnet-hub"),
    ),
    ("declared", lambda: _refused(is_declared=True), fail("error", says="forwarded traffic")),
    ("no NSG at the receiver", without_nsg, unknown("psql-orders")),
]
