from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.spokes import spoke
from tests.estates.world import World, route, rule

CHECK = "PGT121"


def _asking(*rules: dict[str, object], is_declared: bool = False, has_table: bool = True) -> World:
    world = World()
    table = world.route_table("rt-app")
    made = spoke(
        world=world,
        nsg=world.nsg("nsg-app", *rules),
        route_table=table,
        dns=("10.4.1.4",),
        is_declared=is_declared,
    )
    identity = world.vnet("vnet-identity", "10.4.0.0/16")
    place = world.subnet(identity, "snet-dc", "10.4.1.0/24")
    world.vm("vm-dc", world.nic("nic-dc", place, "10.4.1.4"))
    world.link(made.zone, identity)
    world.peer(made.network, identity)
    if not has_table:
        world.remove(table)
    return world


def routed_nowhere() -> World:
    world = World()
    table = world.route_table("rt-app", route("dns", "10.4.0.0/16", "None"))
    made = spoke(world=world, dns=("10.4.1.4",), route_table=table)
    identity = world.vnet("vnet-identity", "10.4.0.0/16")
    place = world.subnet(identity, "snet-dc", "10.4.1.0/24")
    world.vm("vm-dc", world.nic("nic-dc", place, "10.4.1.4"))
    world.peer(made.network, identity)
    return world


DENY = rule("no-dns", 100, "Deny", "Outbound", protocol="*", ports="53")
CASES: list[Case] = [
    ("DNS server in reach", _asking, ok),
    (
        "near miss: only TCP 53 is denied",
        lambda: _asking(rule("no-tcp", 100, "Deny", "Outbound", ports="53")),
        ok,
    ),
    ("near miss: Azure DNS", lambda: spoke().world, ok),
    (
        "port 53 denied",
        lambda: _asking(DENY),
        fail("warning", certainty="likely", says="no-dns", cause="nsg-app"),
    ),
    ("port 53 denied, declared", lambda: _asking(DENY, is_declared=True), fail("error")),
    ("routed nowhere", routed_nowhere, fail("warning", certainty="likely", cause="rt-app")),
    (
        "route table out of sight",
        lambda: _asking(has_table=False),
        unknown("10.4.1.4"),
    ),
]
