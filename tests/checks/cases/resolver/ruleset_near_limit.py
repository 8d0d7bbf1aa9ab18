from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT212"


def _rules(count: int) -> World:
    made = hub()
    for number in range(count):
        made.world.forwarding_rule(made.ruleset, f"r{number}", f"d{number}.com.", "192.168.1.4")
    return made.world


def many_links() -> World:
    made = hub()
    for number in range(450):
        network = f"{made.network}-{number}"
        made.world.ruleset_link(made.ruleset, network, f"link{number}")
    return made.world


def many_rules_links_unread() -> World:
    world = _rules(900)
    world.unread("microsoft.network/dnsForwardingRulesets/virtualNetworkLinks")
    return world


def links_unread() -> World:
    made = hub()
    made.world.unread("microsoft.network/dnsForwardingRulesets/virtualNetworkLinks")
    return made.world


CASES: list[Case] = [
    ("few", lambda: _rules(3), ok),
    ("near miss: just below", lambda: _rules(899), ok),
    ("near miss: no ruleset", lambda: injected().world, skip),
    ("many links", many_links, fail("warning", says="450 of 500")),
    ("many rules", lambda: _rules(900), fail("warning", says="900 of 1000")),
    ("links not read", links_unread, unknown()),
]
