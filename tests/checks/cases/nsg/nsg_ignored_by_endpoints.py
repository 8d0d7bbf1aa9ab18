from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import reached
from tests.estates.world import World, rule

CHECK = "PGT321"


def _with(policy: str | None, *rules: dict[str, object]) -> World:
    home = reached()
    group = home.world.nsg("nsg-pe", *rules)
    properties = home.world.properties(home.subnet)
    properties["networkSecurityGroup"] = {"id": group}
    properties["privateEndpointNetworkPolicies"] = policy
    return home.world


def group_out_of_sight() -> World:
    world = _with("Disabled", DENY)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pe"))
    return world


DENY = rule("deny-guests", 100, "Deny", src="10.99.0.0/16")
WEB = rule("web", 100, "Deny", ports="443")
CASES: list[Case] = [
    ("applied", lambda: _with("NetworkSecurityGroupEnabled", DENY), ok),
    ("near miss: no rule of its own", lambda: _with("Disabled"), ok),
    ("near miss: an outbound rule", lambda: _with(None, rule("o", 100, "Deny", "Outbound")), ok),
    ("near miss: a rule for another port", lambda: _with("Disabled", WEB), ok),
    ("near miss: no NSG", lambda: reached().world, skip),
    ("G23 disabled", lambda: _with("Disabled", DENY), fail("warning", says="Disabled")),
    ("G23 for routes only", lambda: _with("RouteTableEnabled", DENY), fail("warning")),
    ("G23 not set", lambda: _with(None, DENY), fail("warning", certainty="likely", says="not")),
    ("NSG out of sight", group_out_of_sight, unknown("nsg-pe")),
]
