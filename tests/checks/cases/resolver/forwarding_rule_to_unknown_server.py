from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import Hub, hub
from tests.estates.world import World

CHECK = "PGT203"
PG = "postgres.database.azure.com."
LINKS = "microsoft.network/dnsForwardingRulesets/virtualNetworkLinks"


def _to(target: str, domain: str = PG, *, is_used: bool = True) -> Hub:
    """A rule of the hub's ruleset; a network that only the ruleset is linked to uses it."""
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", domain, target)
    if is_used:
        clients = made.world.vnet("vnet-clients", "10.7.0.0/16")
        made.world.ruleset_link(made.ruleset, clients)
    return made


def for_a_network_with_the_zone() -> World:
    made = _to("192.168.1.4", is_used=False)
    made.world.ruleset_link(made.ruleset, made.spoke)
    return made.world


def without_servers() -> World:
    made = _to("192.168.1.4")
    kind = "microsoft.dbforpostgresql/flexibleservers"
    made.world.rows = [row for row in made.world.rows if row["type"] != kind]
    return made.world


def links_not_read() -> World:
    made = _to("192.168.1.4", is_used=False)
    made.world.unread(LINKS)
    return made.world


def endpoints_not_read() -> World:
    world = _to("192.168.1.4").world
    world.unread("microsoft.network/dnsResolvers/inboundEndpoints")
    return world


CASES: list[Case] = [
    ("an inbound endpoint", lambda: _to("10.0.5.4").world, ok),
    ("near miss: the company's own names", lambda: _to("192.168.1.4", "contoso.com.").world, skip),
    ("near miss: the wildcard skips Azure's names", lambda: _to("192.168.1.4", ".").world, skip),
    ("near miss: its network has the zone, which comes first", for_a_network_with_the_zone, ok),
    ("near miss: no network uses it", lambda: _to("192.168.1.4", is_used=False).world, ok),
    ("near miss: no server", without_servers, ok),
    (
        "on premises",
        lambda: _to("192.168.1.4").world,
        fail("warning", certainty="likely", says="192.168.1.4"),
    ),
    ("links not read", links_not_read, unknown()),
    ("inbound endpoints not read", endpoints_not_read, unknown("an inbound endpoint")),
]
