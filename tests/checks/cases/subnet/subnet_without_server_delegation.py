from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT601"


def delegated() -> World:
    return injected().world


def other_spelling() -> World:
    home = injected()
    wanted = home.world.properties(home.subnet)["delegations"][0]["properties"]
    wanted["serviceName"] = "microsoft.dbforpostgresql/FLEXIBLESERVERS"
    return home.world


def not_delegated() -> World:
    return injected(subnet_props={"delegations": []}).world


def delegated_to_mysql() -> World:
    home = injected()
    wanted = home.world.properties(home.subnet)["delegations"][0]["properties"]
    wanted["serviceName"] = "Microsoft.DBforMySQL/flexibleServers"
    return home.world


def two_servers_share_it() -> World:
    home = injected(subnet_props={"delegations": []})
    home.world.server("psql-stock", home.subnet, home.zone)
    return home.world


def out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    home.world.unread("microsoft.network/virtualNetworks/subnets")
    return home.world


CASES: list[Case] = [
    ("delegated", delegated, ok),
    ("near miss: in other letters", other_spelling, ok),
    ("R10 no delegation", not_delegated, fail("error", says="nothing", cause="snet-pg")),
    ("R10 delegated to another database", delegated_to_mysql, fail("error", says="MySQL")),
    ("two servers in it make one finding", two_servers_share_it, fail("error")),
    ("the subnet is out of sight", out_of_sight, unknown("snet-pg")),
]
