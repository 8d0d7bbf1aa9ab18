from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT604"


def _with_servers(prefix: str, *modes: str | None) -> World:
    home = injected(prefix=prefix, ha=modes[0])
    for number, mode in enumerate(modes[1:], start=2):
        home.world.server(f"psql-{number}", home.subnet, home.zone, ha=mode)
    return home.world


def _stated(used: int, source: str, prefix: str = "10.1.1.0/28") -> World:
    home = injected(prefix=prefix)
    home.world.subnet_usage(home.subnet, used, source)
    return home.world


def elastic_cluster() -> World:
    return injected(cluster={"clusterSize": 2}).world


def empty_and_servers_unread() -> World:
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    world.subnet(network, "snet-later", "10.2.1.0/28", delegation="pg")
    world.unread("microsoft.dbforpostgresql/flexibleServers")
    return world


def of_machines(count: int) -> World:
    world = World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    subnet = world.subnet(network, "snet-app", "10.2.1.0/29")
    for number in range(count):
        world.nic(f"nic-{number}", subnet, f"10.2.1.{4 + number}")
    return world


HA = "ZoneRedundant"
CASES: list[Case] = [
    ("one server in a /27", lambda: _with_servers("10.1.1.0/27", None), ok),
    ("R11 near miss: four are left", lambda: _stated(7, "check_subnet_usage"), ok),
    ("near miss: a zero for a delegated subnet says nothing", lambda: _stated(0, "usages"), ok),
    (
        "R11 two servers with high availability fill a /28 to the headroom",
        lambda: _with_servers("10.1.1.0/28", HA, HA),
        fail("warning", certainty="likely", says="3 of 11"),
    ),
    (
        "R11 a third one does not fit",
        lambda: _with_servers("10.1.1.0/28", HA, HA, HA),
        fail("error", certainty="likely", says="none of 11"),
    ),
    (
        "six servers may fit or not",
        lambda: _with_servers("10.1.1.0/28", *([None] * 6)),
        fail("warning", certainty="likely", says="6 to 24"),
    ),
    (
        "above 70 percent",
        lambda: _with_servers("10.1.1.0/27", *([HA] * 5)),
        fail("info", certainty="likely"),
    ),
    (
        "the service says it is full",
        lambda: _stated(11, "check_subnet_usage"),
        fail("error", says="PostgreSQL service", cause="snet-pg"),
    ),
    ("the network says three are left", lambda: _stated(8, "usages"), fail("warning")),
    ("near miss: room for one more machine", lambda: of_machines(2), skip),
    ("full of machines", lambda: of_machines(3), fail("info", says="3 counted")),
    ("an elastic cluster", elastic_cluster, unknown("not known")),
    ("servers not read", empty_and_servers_unread, unknown("not known")),
]
