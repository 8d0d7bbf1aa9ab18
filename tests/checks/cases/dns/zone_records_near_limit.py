from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected, public
from tests.estates.world import World

CHECK = "PGT115"


def _counted(records: int | None) -> World:
    home = injected()
    properties = home.world.properties(home.zone)
    properties["numberOfRecordSets"] = records
    return home.world


def neither() -> World:
    world = _counted(None)
    world.unread("microsoft.network/privateDnsZones/A")
    return world


CASES: list[Case] = [
    ("few", lambda: _counted(3), ok),
    ("near miss: just below nine tenths", lambda: _counted(22_499), ok),
    ("near miss: no zone at all", lambda: public()[0], skip),
    ("nine tenths", lambda: _counted(22_500), fail("warning", says="22500 of 25000")),
    ("neither counter nor records", neither, unknown("records")),
]
