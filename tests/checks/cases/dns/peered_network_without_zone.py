from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.checks.spokes import spoke
from tests.estates.world import World

CHECK = "PGT104"
CAUSE = "orders.private.postgres.database.azure.com"


def linked_by_ruleset() -> World:
    made = spoke(is_linked=False)
    world = made.world
    inside = world.subnet(made.server_network, "snet-dns-in", "10.1.5.0/28", delegation="dns")
    outside = world.subnet(made.server_network, "snet-dns-out", "10.1.6.0/28", delegation="dns")
    resolver = world.resolver("dnspr", made.server_network)
    world.inbound(resolver, inside, "10.1.5.4")
    ruleset = world.ruleset("rules", world.outbound(resolver, outside))
    world.forwarding_rule(ruleset, "pg", "postgres.database.azure.com.", "10.1.5.4")
    world.ruleset_link(ruleset, made.network)
    return world


def stranger() -> World:
    return spoke(is_linked=False, is_peered=False).world


def without_a_way() -> World:
    made = spoke(is_linked=False, is_peered=False)
    made.world.peering(made.network, made.server_network, state="Initiated")
    return made.world


def links_not_read() -> World:
    world = spoke(is_linked=False).world
    world.unread("microsoft.network/privatednszones/virtualnetworklinks")
    return world


CASES: list[Case] = [
    ("peered and linked", lambda: spoke().world, ok),
    ("near miss: a ruleset leads to the zone", linked_by_ruleset, ok),
    ("near miss: neither peered nor linked", stranger, skip),
    ("near miss: the peering does not work either", without_a_way, ok),
    ("near miss: no other network", lambda: injected().world, skip),
    (
        "R06 peered but not linked",
        lambda: spoke(is_linked=False).world,
        fail("warning", certainty="likely", says="peered with the server's", cause=CAUSE),
    ),
    (
        "declared, peered, not linked",
        lambda: spoke(is_linked=False, is_declared=True).world,
        fail("warning", says="client vnet-app/snet-app", cause=CAUSE),
    ),
    ("links not read", links_not_read, unknown()),
]
