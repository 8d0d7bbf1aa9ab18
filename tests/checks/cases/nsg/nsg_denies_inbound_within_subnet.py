from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World, rule

CHECK = "PGT302"
DENY = rule("deny-all", 4096, "Deny", protocol="*")


def _with(*rules: dict[str, object], ha: str | None = "ZoneRedundant") -> World:
    world = World()
    group = world.nsg("nsg-pg", *rules)
    return injected(world=world, nsg=group, ha=ha).world


def clients_only() -> World:
    clients = rule("clients", 100, "Allow", src="10.0.0.0/24", ports="5432")
    return _with(clients, DENY)


def replica_of_another() -> World:
    home = injected(world=(world := World()), nsg=world.nsg("nsg-pg", DENY))
    primary = home.world.public_server("psql-primary")
    home.world.properties(home.server)["replicationRole"] = "AsyncReplica"
    home.world.properties(home.server)["sourceServerResourceId"] = primary
    return home.world


def azure_owned_group() -> World:
    world = World()
    group = world.nsg("NRMS-abcdef0123vnet-data")
    home = injected(world=world, nsg=group)
    world.remove(group)
    return home.world


CASES: list[Case] = [
    ("default rules", _with, ok),
    (
        "R17 near miss: deny-all below an allow for the network",
        lambda: _with(rule("pg", 200, "Allow", src="10.1.0.0/16", ports="5432"), DENY),
        ok,
    ),
    ("near miss: only UDP is denied", lambda: _with(rule("udp", 100, "Deny", protocol="Udp")), ok),
    ("near miss: no NSG at all", lambda: injected().world, ok),
    ("near miss: a public server", lambda: public()[0], skip),
    (
        "R17 G6 deny-all above the defaults",
        lambda: _with(DENY),
        fail("error", says="deny-all", cause="nsg-pg"),
    ),
    ("without high availability", lambda: _with(DENY, ha=None), fail("warning")),
    ("R17 G32 clients allowed, subnet forgotten", clients_only, fail("error")),
    ("a replica", replica_of_another, fail("error")),
    ("an NSG of Azure's own, never in the data", azure_owned_group, unknown()),
]
