from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT703"


def _zones(own: object, standby: str) -> World:
    held = {"mode": "ZoneRedundant", "state": "Healthy", "standbyAvailabilityZone": standby}
    return injected(highAvailability=held, availabilityZone=own).world


CASES: list[Case] = [
    ("apart", lambda: _zones("1", "2"), ok),
    ("near miss: meant to be in one zone", lambda: injected(ha="SameZone").world, skip),
    ("together", lambda: _zones("2", "2"), fail("error", says="zone 2")),
    ("own zone not stated", lambda: _zones(..., "2"), unknown("both zones")),
]
