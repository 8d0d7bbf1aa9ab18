from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT310"
DENY = rule("deny-all", 4096, "Deny", protocol="*")


def _with(*rules: dict[str, object]) -> World:
    world = World()
    return injected(world=world, nsg=world.nsg("nsg-pg", *rules)).world


def group_out_of_sight() -> World:
    world = _with(DENY)
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


CASES: list[Case] = [
    ("default rules", _with, ok),
    (
        "G7 near miss: an allow for 5432 above",
        lambda: _with(rule("pg", 200, "Allow", src="10.1.0.0/16", ports="5432"), DENY),
        ok,
    ),
    (
        "near miss: only one range is denied",
        lambda: _with(rule("lab", 4096, "Deny", src="10.9.0.0/16")),
        ok,
    ),
    (
        "near miss: what is denied is another subnet",
        lambda: _with(rule("web", 4096, "Deny", dst="10.1.9.0/24")),
        ok,
    ),
    ("near miss: outbound", lambda: _with(rule("out", 4096, "Deny", "Outbound")), ok),
    ("G6 nothing above", lambda: _with(DENY), fail("warning", says="4096", cause="nsg-pg")),
    (
        "an allow for another port does not help",
        lambda: _with(rule("web", 100, "Allow", ports="443"), DENY),
        fail("warning"),
    ),
    (
        "an allow for probes of load balancers does not help",
        lambda: _with(rule("probes", 4000, "Allow", src="AzureLoadBalancer"), DENY),
        fail("warning"),
    ),
    (
        "an allow towards another subnet does not help",
        lambda: _with(rule("web", 100, "Allow", dst="10.1.9.0/24"), DENY),
        fail("warning"),
    ),
    ("NSG not in the data", group_out_of_sight, unknown("nsg-pg")),
]
