from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import Hub, hub
from tests.estates.world import World, rule

CHECK = "PGT211"


def _asked(
    *rules: dict[str, object], used: bool = True, seen: bool = True, made: Hub | None = None
) -> World:
    made = made or hub()
    world = made.world
    group = world.nsg("nsg-dns", *rules)
    inside = world.properties(made.network)["subnets"][0]
    inside["properties"]["networkSecurityGroup"] = {"id": group}
    if used:
        world.properties(made.spoke)["dhcpOptions"] = {"dnsServers": ["10.0.5.4"]}
    if not seen:
        world.remove(group)
    return world


def only_clients_admitted() -> World:
    """The group lets in the one subnet with machines, and nothing of the range around it."""
    made = hub()
    world = made.world
    clients = world.subnet(made.spoke, "snet-apps", "10.1.9.0/24")
    world.nic("nic-app", clients, "10.1.9.4")
    world.properties(made.spoke)["dhcpOptions"] = {"dnsServers": ["10.0.5.4"]}
    rules = rule("apps", 100, "Allow", src="10.1.9.0/24", protocol="*"), rule("no", 200, "Deny")
    rules[1]["properties"]["protocol"] = "*"
    inside = world.properties(made.network)["subnets"][0]
    inside["properties"]["networkSecurityGroup"] = {"id": world.nsg("nsg-dns", *rules)}
    return world


def namesakes_out_of_sight() -> World:
    """Two networks of one name ask, and the group at the endpoint is not in the data."""
    made = hub()
    with made.world.at(rg="rg-other"):
        namesake = made.world.vnet("vnet-data", "10.8.0.0/16", dns=["10.0.5.4"])
    made.world.peer(namesake, made.network)
    return _asked(seen=False, made=made)


DENY = rule("no-guests", 100, "Deny", src="10.1.0.0/16", protocol="*")
CASES: list[Case] = [
    ("default rules", _asked, ok),
    ("near miss: only TCP is denied", lambda: _asked(rule("t", 100, "Deny", ports="53")), ok),
    ("near miss: nobody was told to ask", lambda: _asked(DENY, used=False), skip),
    ("near miss: addresses that nobody has are denied", only_clients_admitted, ok),
    ("denied", lambda: _asked(DENY), fail("error", says="no-guests", cause="nsg-dns")),
    ("NSG not in the data", lambda: _asked(seen=False), unknown()),
    ("networks of one name", namesakes_out_of_sight, unknown(count=2)),
]
