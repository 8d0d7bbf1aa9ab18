from tests.checks.expect import Case, fail, ok, unknown
from tests.checks.homes import injected
from tests.estates.world import World, rule

CHECK = "PGT320"


def _to(*destinations: str) -> World:
    world = World()
    dst = destinations[0] if len(destinations) == 1 else list(destinations)
    made = rule("out", 100, "Allow", "Outbound", dst=dst)
    return injected(world=world, nsg=world.nsg("nsg-pg", made)).world


def group_unread() -> World:
    world = _to("*")
    world.remove(next(row["id"] for row in world.rows if row["name"] == "nsg-pg"))
    return world


CASES: list[Case] = [
    ("a tag", lambda: _to("Storage"), ok),
    ("near miss: a regional tag in other letters", lambda: _to("storage.WESTEUROPE"), ok),
    ("near miss: a rare tag", lambda: _to("CorpNetPublic"), ok),
    ("near miss: an address without mask", lambda: _to("10.1.1.4"), ok),
    ("near miss: IPv6", lambda: _to("2001:db8::/32"), ok),
    ("the old form", lambda: _to("us-east.storage"), fail("warning", says="us-east.storage")),
    ("a bare number", lambda: _to("111"), fail("warning", says="111", cause="out")),
    ("one of several", lambda: _to("10.0.0.0/8", "Storrage"), fail("warning", says="Storrage")),
    (
        "perhaps a tag that is younger than the list",
        lambda: _to("QuantumWorkspace"),
        fail("warning", certainty="likely", says="QuantumWorkspace"),
    ),
    ("NSG not in the data", group_unread, unknown("nsg-pg")),
]
