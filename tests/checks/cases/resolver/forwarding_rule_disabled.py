from tests.checks.expect import Case, fail, ok, skip
from tests.checks.hubs import hub
from tests.estates.world import World

CHECK = "PGT204"


def _rule(domain: str, state: str) -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", domain, "10.0.5.4", state=state)
    return made.world


PG = "postgres.database.azure.com."
CASES: list[Case] = [
    ("enabled", lambda: _rule(PG, "Enabled"), ok),
    ("near miss: of another name", lambda: _rule("contoso.com.", "Disabled"), skip),
    ("near miss: in other letters", lambda: _rule(PG.upper(), "enabled"), ok),
    ("disabled", lambda: _rule(PG, "Disabled"), fail("info", says="disabled", cause="pg")),
    ("for one zone only", lambda: _rule("private." + PG, "Disabled"), fail("info")),
]
