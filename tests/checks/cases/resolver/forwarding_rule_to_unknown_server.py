from tests.checks.expect import Case, fail, ok, skip
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT203"


def _to(target: str, domain: str = "postgres.database.azure.com.") -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", domain, target)
    return made.world


CASES: list[Case] = [
    ("an inbound endpoint", lambda: _to("10.0.5.4"), ok),
    ("near miss: the company's own names", lambda: _to("192.168.1.4", "contoso.com."), skip),
    ("near miss: the wildcard skips Azure's names", lambda: _to("192.168.1.4", "."), skip),
    (
        "on premises",
        lambda: _to("192.168.1.4"),
        fail("warning", certainty="likely", says="192.168.1.4"),
    ),
]
