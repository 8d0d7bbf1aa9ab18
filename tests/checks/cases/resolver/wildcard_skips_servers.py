from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT209"


def _rules(*domains: str, state: str = "Enabled") -> World:
    made = hub()
    for number, domain in enumerate(domains):
        name = f"rule{number}"
        made.world.forwarding_rule(made.ruleset, name, domain, "192.168.1.4", state=state)
    return made.world


def rules_unread() -> World:
    made = hub()
    made.world.unread("microsoft.network/dnsForwardingRulesets/forwardingRules")
    return made.world


CASES: list[Case] = [
    ("a rule of its own", lambda: _rules("postgres.database.azure.com."), ok),
    ("near miss: a rule beside the wildcard", lambda: _rules(".", "contoso.com."), ok),
    ("near miss: the wildcard is disabled", lambda: _rules(".", state="Disabled"), ok),
    ("G20 the wildcard alone", lambda: _rules("."), fail("info", certainty="likely")),
    ("rules not read", rules_unread, unknown()),
]
