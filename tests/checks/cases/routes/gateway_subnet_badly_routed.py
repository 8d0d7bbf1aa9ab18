from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.estates.world import World, route

CHECK = "PGT414"


def _with(*routes: dict[str, object], off: bool = False, name: str = "GatewaySubnet") -> World:
    world = World()
    table = world.route_table("rt-gw", *routes, disable_bgp=off)
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    world.subnet(hub, name, "10.0.0.0/27", route_table=table)
    return world


def table_out_of_sight() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "rt-gw"))
    return world


DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4")
SPOKE = route("spoke", "10.2.0.0/16", "VirtualAppliance", "10.0.1.4")
CASES: list[Case] = [
    ("a spoke is steered", lambda: _with(SPOKE), ok),
    ("near miss: a default route elsewhere", lambda: _with(DEFAULT, name="snet-app"), skip),
    ("near miss: half of everything", lambda: _with(route("h", "0.0.0.0/1", "Internet")), ok),
    ("a default route", lambda: _with(DEFAULT), fail("error", cause="default")),
    ("propagation off", lambda: _with(off=True), fail("error", cause="rt-gw")),
    ("both", lambda: _with(DEFAULT, off=True), fail("error", count=2)),
    ("table not in the data", table_out_of_sight, unknown("rt-gw")),
]
