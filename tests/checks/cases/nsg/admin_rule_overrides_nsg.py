from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, admin_rule, rule

CHECK = "PGT317"


def _with(
    access: str = "AlwaysAllow",
    src: str = "10.9.0.0/16",
    deny: str = "*",
    protocol: str = "Tcp",
    dst: str = "10.1.0.0/16",
) -> World:
    world = World()
    group = world.nsg("nsg-pg", rule("deny", 4000, "Deny", src=deny, ports="5432"))
    home = injected(world=world, nsg=group)
    audit = admin_rule("audit", 10, access, "Inbound", protocol, [src], [dst], ["5432"])
    world.admin_rules(home.network, audit)
    return world


def group_out_of_sight() -> World:
    world = _with()
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


def rules_unread(deny: str = "Deny") -> World:
    world = World()
    group = world.nsg("nsg-pg", rule("own", 4000, deny, src="10.9.0.0/16", ports="5432"))
    injected(world=world, nsg=group)
    world.unread("microsoft.network/effectiveSecurityAdminRules")
    return world


CASES: list[Case] = [
    ("other sources", lambda: _with(deny="10.7.0.0/16"), ok),
    ("near miss: Allow leaves the NSG its say", lambda: _with(access="Allow"), skip),
    ("near miss: into another subnet", lambda: _with(dst="10.1.9.0/24"), skip),
    ("near miss: UDP", lambda: _with(protocol="Udp"), skip),
    ("near miss: no admin rules", lambda: injected().world, skip),
    ("G25 overridden", _with, fail("warning", says="audit", cause="audit")),
    ("G25 an overlap", lambda: _with(deny="10.9.4.0/24"), fail("warning")),
    ("admin rules not read", rules_unread, unknown("vnet-data")),
    ("near miss: not read, and nothing to override", lambda: rules_unread("Allow"), skip),
    ("NSG out of sight", group_out_of_sight, unknown("nsg-pg")),
]
