from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, reached
from tests.estates.world import World

CHECK = "PGT902"


def to_injected() -> World:
    home = injected()
    subnet = home.world.subnet(home.network, "snet-pe", "10.1.5.0/24")
    home.world.endpoint("pe-orders", subnet, home.server, "10.1.5.4")
    return home.world


def to_storage() -> World:
    home = injected()
    subnet = home.world.subnet(home.network, "snet-pe", "10.1.5.0/24")
    account = home.server.replace("DBforPostgreSQL/flexibleServers", "Storage/storageAccounts")
    home.world.endpoint("pe-blob", subnet, account, "10.1.5.4", groups=("blob",))
    return home.world


def server_out_of_sight() -> World:
    home = reached()
    home.world.remove(home.server)
    return home.world


CASES: list[Case] = [
    ("a server with public access mode", lambda: reached().world, ok),
    ("near miss: an endpoint of another service", to_storage, skip),
    (
        "near miss: a zone called privatelink on an injected server",
        lambda: injected(domain="privatelink.postgres.database.azure.com").world,
        skip,
    ),
    ("R30 an injected server", to_injected, fail("error", says="snet-pg", cause="pe-orders")),
    ("the server is out of sight", server_out_of_sight, unknown("psql-shop")),
]
