from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT305"
DENY = rule("deny-out", 4000, "Deny", "Outbound", protocol="*")


def _with(*rules: dict[str, object], entra: bool = True) -> World:
    world = World()
    return injected(world=world, nsg=world.nsg("nsg-pg", *rules), entra=entra).world


def _allow(destination: str) -> dict[str, object]:
    return rule("allow", 100, "Allow", "Outbound", dst=destination, ports="443")


CASES: list[Case] = [
    ("default rules", _with, ok),
    ("R17 the tag above the deny", lambda: _with(_allow("AzureActiveDirectory"), DENY), ok),
    ("near miss: no Entra sign-in", lambda: _with(DENY, entra=False), skip),
    ("R17 deny-all", lambda: _with(DENY), fail("error", says="deny-out", cause="nsg-pg")),
    ("R17 only Storage is allowed", lambda: _with(_allow("Storage"), DENY), fail("error")),
    ("only a range decides", lambda: _with(_allow("20.190.128.0/18"), DENY), unknown()),
]
