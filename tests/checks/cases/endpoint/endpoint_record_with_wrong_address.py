from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, reached
from tests.estates.world import World

CHECK = "PGT905"


def _holding(*addresses: str) -> World:
    home = reached()
    records = [{"ipv4Address": address} for address in addresses]
    home.world.properties(home.record)["aRecords"] = records
    return home.world


def address_not_visible() -> World:
    home = reached()
    home.world.properties(home.endpoint)["customDnsConfigs"] = []
    home.world.properties(home.endpoint)["networkInterfaces"] = []
    return home.world


def record_of_a_stranger() -> World:
    home = reached()
    home.world.a_record(home.zone, "psql-of-others", "10.99.0.4")
    return home.world


def injected_with_privatelink_zone() -> World:
    return injected(domain="privatelink.postgres.database.azure.com").world


def second_endpoint_unseen() -> World:
    """The server lists an endpoint of a subscription that nobody may read."""
    home = reached()
    far = home.endpoint.replace("pe-shop", "pe-shop-far")
    home.world.endpoint_connection(home.server, far)
    record = home.world.properties(home.record)
    record["aRecords"] = [{"ipv4Address": "10.9.5.4"}]
    return home.world


def two_endpoints() -> World:
    """Two endpoints with an address each, and a record that holds neither."""
    home = reached()
    home.world.endpoint("pe-shop-too", home.subnet, home.server, "10.2.5.5")
    home.world.properties(home.record)["aRecords"] = [{"ipv4Address": "10.2.5.9"}]
    return home.world


CASES: list[Case] = [
    ("the endpoint's address", lambda: reached().world, ok),
    ("near miss: a record of a server not in the data", record_of_a_stranger, ok),
    ("near miss: an injected server's zone", injected_with_privatelink_zone, skip),
    ("another address", lambda: _holding("10.2.5.9"), fail("error", says="10.2.5.9")),
    ("of two endpoints", two_endpoints, fail("error", says="10.2.5.4, 10.2.5.5")),
    ("an endpoint of the server is not in the data", second_endpoint_unseen, unknown("not in")),
    ("both", lambda: _holding("10.2.5.4", "10.2.5.9"), unknown("either")),
    ("its address is not visible", address_not_visible, unknown("not visible")),
]
