from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT202"


def _forwarding(linked: bool, domain: str = "postgres.database.azure.com.") -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", domain, "10.0.5.4")
    made.world.ruleset_link(made.ruleset, made.spoke)
    if linked:
        made.world.link(made.zone, made.network)
    return made.world


def one_of_two() -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", "postgres.database.azure.com.", "10.0.5.4")
    made.world.link(made.zone, made.network)
    other = made.world.zone("stock.private.postgres.database.azure.com")
    made.world.server("psql-stock", made.server_subnet, other)
    return made.world


def links_unread() -> World:
    world = _forwarding(linked=False)
    world.unread("microsoft.network/privateDnsZones/virtualNetworkLinks")
    return world


CASES: list[Case] = [
    ("the resolver sees the zone", lambda: _forwarding(linked=True), ok),
    ("near miss: a rule for another name", lambda: _forwarding(False, "contoso.com."), skip),
    ("it does not", lambda: _forwarding(linked=False), fail("error", says="orders.private")),
    ("it sees one of two", one_of_two, fail("warning", says="stock.private")),
    ("links not read", links_unread, unknown("links")),
]
