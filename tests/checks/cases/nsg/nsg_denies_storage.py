from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT304"
DENY = rule("deny-out", 4000, "Deny", "Outbound", protocol="*")


def _with(*rules: dict[str, object]) -> World:
    world = World()
    return injected(world=world, nsg=world.nsg("nsg-pg", *rules)).world


def _allow(destination: str) -> dict[str, object]:
    return rule("allow", 100, "Allow", "Outbound", dst=destination, ports="443")


CASES: list[Case] = [
    ("default rules", _with, ok),
    ("R17 the tag above the deny", lambda: _with(_allow("Storage"), DENY), ok),
    ("near miss: its own region", lambda: _with(_allow("Storage.WestEurope"), DENY), ok),
    (
        "near miss: Internet is denied, all of Azure allowed above",
        lambda: _with(_allow("AzureCloud"), rule("net", 200, "Deny", "Outbound", dst="Internet")),
        ok,
    ),
    ("R17 deny-all", lambda: _with(DENY), fail("error", says="deny-out", cause="nsg-pg")),
    (
        "R17 the tag of another region",
        lambda: _with(_allow("Storage.EastUS"), DENY),
        fail("error", says="deny-out"),
    ),
    (
        "Internet is denied",
        lambda: _with(rule("no-internet", 300, "Deny", "Outbound", dst="Internet")),
        fail("error", says="no-internet"),
    ),
    ("only a range decides", lambda: _with(_allow("20.38.0.0/16"), DENY), unknown()),
]
