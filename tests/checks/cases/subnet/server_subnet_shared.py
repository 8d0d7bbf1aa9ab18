from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT602"


def alone() -> World:
    return injected().world


def two_servers() -> World:
    home = injected()
    home.world.server("psql-stock", home.subnet, home.zone)
    return home.world


def own_service_link() -> World:
    home = injected()
    home.world.properties(home.subnet)["serviceAssociationLinks"] = [
        {
            "name": "pg",
            "properties": {"linkedResourceType": "Microsoft.DBforPostgreSQL/flexibleServers"},
        }
    ]
    return home.world


def with_machine() -> World:
    home = injected()
    home.world.nic("nic-jump", home.subnet, "10.1.1.9")
    return home.world


def with_endpoint() -> World:
    home = injected()
    other = home.world.public_server("psql-other")
    home.world.endpoint("pe-other", home.subnet, other, "10.1.1.10")
    return home.world


def also_delegated() -> World:
    home = injected()
    delegations = home.world.properties(home.subnet)["delegations"]
    delegations.append({"name": "web", "properties": {"serviceName": "Microsoft.Web/serverFarms"}})
    return home.world


def machine_without_row() -> World:
    home = injected()
    nic = home.world.nic("nic-jump", home.subnet, "10.1.1.9")
    home.world.remove(nic)
    return home.world


def out_of_sight() -> World:
    home = injected()
    home.world.remove(home.network)
    return home.world


CASES: list[Case] = [
    ("only a server", alone, ok),
    ("near miss: a second server", two_servers, ok),
    ("near miss: the servers' own service link", own_service_link, ok),
    ("R10 a machine in it", with_machine, fail("error", says="nic-jump", cause="nic-jump")),
    ("R10 a private endpoint in it", with_endpoint, fail("error", says="pe-other")),
    ("R10 a second delegation", also_delegated, fail("error", says="serverFarms")),
    ("R10 only the subnet's own list shows it", machine_without_row, fail("error")),
    ("the subnet is out of sight", out_of_sight, unknown("snet-pg")),
]
