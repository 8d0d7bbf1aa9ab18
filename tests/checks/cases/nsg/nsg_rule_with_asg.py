from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT308"


def _with(src: bool = False, dst: bool = False) -> World:
    world = World()
    asg = world.asg("asg-app")
    made = rule(
        "clients",
        100,
        "Allow",
        ports="5432",
        src="" if src else "10.2.0.0/16",
        dst="" if dst else "*",
        src_asgs=[asg] if src else [],
        dst_asgs=[asg] if dst else [],
    )
    return injected(world=world, nsg=world.nsg("nsg-pg", made)).world


def on_client_subnet() -> World:
    home = injected()
    asg = home.world.asg("asg-app")
    made = rule("clients", 100, "Allow", src="", src_asgs=[asg])
    group = home.world.nsg("nsg-app", made)
    home.world.subnet(home.network, "snet-app", "10.1.9.0/24", nsg=group)
    return home.world


def empty_list() -> World:
    world = _with()
    group = next(row for row in world.rows if row["name"] == "nsg-pg")
    group["properties"]["securityRules"][0]["properties"]["sourceApplicationSecurityGroups"] = []
    return world


def azure_owned_group() -> World:
    world = World()
    group = world.nsg("NRMS-abcdef0123vnet-data")
    home = injected(world=world, nsg=group)
    world.remove(group)
    return home.world


CASES: list[Case] = [
    ("address ranges only", _with, ok),
    ("near miss: an empty list of groups", empty_list, ok),
    ("R16 near miss: on a subnet of clients", on_client_subnet, skip),
    ("R16 as source", lambda: _with(src=True), fail("error", says="asg-app", cause="clients")),
    ("R16 as destination", lambda: _with(dst=True), fail("error")),
    ("R16 both in one rule", lambda: _with(src=True, dst=True), fail("error")),
    ("an NSG of Azure's own, never in the data", azure_owned_group, unknown("NRMS")),
]
