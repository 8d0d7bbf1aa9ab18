from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.hubs import hub
from tests.estates.world import World, rule

CHECK = "PGT210"
PG = "postgres.database.azure.com."


def _to(target: str, *rules: dict[str, object], state: str = "Enabled") -> World:
    made = hub()
    made.world.forwarding_rule(made.ruleset, "pg", PG, target, state=state)
    if rules:
        group = made.world.nsg("nsg-dns", *rules)
        outside = next(
            one
            for one in made.world.properties(made.network)["subnets"]
            if one["name"] == "snet-dns-out"
        )
        outside["properties"]["networkSecurityGroup"] = {"id": group}
    return made.world


def endpoint_out_of_sight() -> World:
    world = _to("10.0.5.4")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "outbound"))
    return world


DENY = rule("no-dns", 100, "Deny", "Outbound", protocol="*", ports="53")
CASES: list[Case] = [
    ("in the own network", lambda: _to("10.0.5.4"), ok),
    (
        "near miss: only other ports are denied",
        lambda: _to("10.0.5.4", rule("web", 100, "Deny", "Outbound", ports="443")),
        ok,
    ),
    ("near miss: the rule is disabled", lambda: _to("10.0.5.4", DENY, state="Disabled"), skip),
    ("denied", lambda: _to("10.0.5.4", DENY), fail("error", says="no-dns")),
    ("outbound endpoint out of sight", endpoint_out_of_sight, unknown("outbound")),
]
