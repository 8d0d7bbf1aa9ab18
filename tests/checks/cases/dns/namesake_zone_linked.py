from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import spoke
from tests.estates.world import World, hex_label

CHECK = "PGT112"
DOMAIN = "orders.private.postgres.database.azure.com"


def _two(record: str | None = None, is_declared: bool = False, is_peered: bool = True) -> World:
    made = spoke(is_linked=False, is_declared=is_declared, is_peered=is_peered)
    with made.world.at(rg="rg-other"):
        other = made.world.zone(DOMAIN)
    made.world.link(other, made.network)
    if record is not None:
        made.world.a_record(other, hex_label("psql-orders"), record)
    return made.world


def namesake_not_linked() -> World:
    made = spoke()
    with made.world.at(rg="rg-other"):
        made.world.zone(DOMAIN)
    return made.world


CASES: list[Case] = [
    ("the right zone", lambda: spoke().world, ok),
    ("near miss: a namesake nobody here is linked to", namesake_not_linked, ok),
    ("near miss: nobody says this network is a client", lambda: _two(is_peered=False), skip),
    ("namesake linked", _two, fail("warning", certainty="likely", says="psql-orders")),
    ("namesake linked, declared", lambda: _two(is_declared=True), fail("error")),
    ("namesake with the server's record", lambda: _two("10.1.1.4"), unknown("psql-orders")),
]
