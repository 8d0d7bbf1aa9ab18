from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public, reached
from tests.estates.world import World

CHECK = "PGT803"


def no_rule() -> World:
    world = World()
    world.public_server("psql-web")
    return world


def endpoint_only() -> World:
    return reached(access="Enabled").world


def list_left_out(*, endpoints_read: bool) -> World:
    world = no_rule()
    (server,) = (row for row in world.rows if row["name"] == "psql-web")
    del server["properties"]["privateEndpointConnections"]
    if not endpoints_read:
        world.unread("microsoft.network/privateEndpoints")
    return world


def seen_from_the_other_side() -> World:
    home = reached(access="Enabled")
    del home.world.properties(home.server)["privateEndpointConnections"]
    return home.world


def sides_disagree() -> World:
    home = reached(access="Enabled")
    (listed,) = home.world.properties(home.server)["privateEndpointConnections"]
    listed["properties"]["privateLinkServiceConnectionState"]["status"] = "Rejected"
    return home.world


def pending() -> World:
    return reached(access="Enabled", status="Pending").world


def rules_unread() -> World:
    world = no_rule()
    world.unread("microsoft.dbforpostgresql/flexibleServers/firewallRules")
    return world


CASES: list[Case] = [
    ("a rule", lambda: public()[0], ok),
    ("near miss: no rule, but an endpoint", endpoint_only, ok),
    ("near miss: injected servers have no firewall", lambda: injected().world, skip),
    ("R32 no rule", no_rule, fail("warning", says="nobody can connect", cause="psql-web")),
    ("its endpoint waits for approval", pending, fail("warning", says="nobody can connect")),
    ("its list left out", lambda: list_left_out(endpoints_read=True), fail("warning")),
    ("near miss: list left out, endpoint seen", seen_from_the_other_side, ok),
    ("no endpoints read", lambda: list_left_out(endpoints_read=False), unknown("psql-web")),
    ("the two sides disagree", sides_disagree, unknown("different things")),
    ("rules not read", rules_unread, unknown("firewall rules")),
]
