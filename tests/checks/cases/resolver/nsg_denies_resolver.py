from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import hub
from tests.estates.world import World, rule

CHECK = "PGT211"


def _asked(*rules: dict[str, object], used: bool = True, seen: bool = True) -> World:
    made = hub()
    world = made.world
    group = world.nsg("nsg-dns", *rules)
    inside = world.properties(made.network)["subnets"][0]
    inside["properties"]["networkSecurityGroup"] = {"id": group}
    if used:
        world.properties(made.spoke)["dhcpOptions"] = {"dnsServers": ["10.0.5.4"]}
    if not seen:
        world.remove(group)
    return world


DENY = rule("no-guests", 100, "Deny", src="10.1.0.0/16", protocol="*")
CASES: list[Case] = [
    ("default rules", _asked, ok),
    ("near miss: only TCP is denied", lambda: _asked(rule("t", 100, "Deny", ports="53")), ok),
    ("near miss: nobody was told to ask", lambda: _asked(DENY, used=False), skip),
    ("denied", lambda: _asked(DENY), fail("error", says="no-guests", cause="nsg-dns")),
    ("NSG not in the data", lambda: _asked(seen=False), unknown()),
]
