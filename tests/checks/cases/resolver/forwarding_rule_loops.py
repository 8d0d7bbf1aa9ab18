from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import Hub, hub
from tests.estates.world import World

CHECK = "PGT201"


def _looping(state: str = "Enabled", domain: str = "postgres.database.azure.com.") -> Hub:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", domain, "10.0.5.4", state=state)
    made.world.ruleset_link(made.ruleset, made.network)
    return made


def linked_to_a_spoke() -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", "postgres.database.azure.com.", "10.0.5.4")
    made.world.ruleset_link(made.ruleset, made.spoke)
    return made.world


def to_on_premises() -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", "postgres.database.azure.com.", "192.168.1.4")
    made.world.ruleset_link(made.ruleset, made.network)
    return made.world


def twin(is_seen: bool) -> World:
    """A second network, not peered, has a resolver at the same address."""
    made = _looping()
    world = made.world
    with world.at(rg="rg-twin"):
        network = world.vnet("vnet-hub", "10.0.0.0/16")
        inside = world.subnet(network, "snet-dns-in", "10.0.5.0/28", delegation="dns")
        world.inbound(world.resolver("dnspr", network), inside, "10.0.5.4")
    if not is_seen:
        world.properties(made.ruleset)["dnsResolverOutboundEndpoints"] = []
    return world


def links_unread() -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", "postgres.database.azure.com.", "10.0.5.4")
    made.world.unread("microsoft.network/dnsForwardingRulesets/virtualNetworkLinks")
    return made.world


CASES: list[Case] = [
    ("linked to another network", linked_to_a_spoke, ok),
    ("near miss: the target is on premises", to_on_premises, ok),
    ("near miss: the rule is disabled", lambda: _looping(state="Disabled").world, skip),
    ("near miss: a rule for another name", lambda: _looping(domain="contoso.com.").world, skip),
    ("loops", lambda: _looping().world, fail("error", says="10.0.5.4", cause="link-vnet-hub")),
    ("loops beside a twin elsewhere", lambda: twin(is_seen=True), fail("error", says="10.0.5.4")),
    ("two resolvers have the target", lambda: twin(is_seen=False), unknown("2 things")),
    ("links not read", links_unread, unknown()),
]
