from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.spokes import endpoint_spoke, spoke
from tests.estates.world import World

CHECK = "PGT124"


def _without_record(is_linked: bool = True, is_declared: bool = False) -> World:
    made = endpoint_spoke(is_linked=is_linked, is_declared=is_declared)
    made.world.remove(made.record)
    return made.world


def falls_back() -> World:
    made = endpoint_spoke(is_linked=False)
    made.world.link(made.zone, made.network, resolutionPolicy="NxDomainRedirect")
    made.world.remove(made.record)
    for row in made.world.rows:
        if row["type"].endswith("virtualnetworklinks"):
            row["properties"]["resolutionPolicy"] = "NxDomainRedirect"
    return made.world


def records_not_read() -> World:
    world = _without_record()
    world.unread("microsoft.network/privatednszones/a")
    return world


CASES: list[Case] = [
    ("record there", lambda: endpoint_spoke().world, ok),
    ("near miss: the links fall back to public DNS", falls_back, ok),
    ("near miss: an injected server", lambda: spoke().world, ok),
    ("near miss: no client", World, skip),
    (
        "record missing",
        _without_record,
        fail("warning", certainty="likely", cause="privatelink.postgres.database.azure.com"),
    ),
    ("record missing, declared", lambda: _without_record(is_declared=True), fail("error")),
    ("records not read", records_not_read, unknown("psql-shop")),
]
