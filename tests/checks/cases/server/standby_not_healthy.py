from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT702"


def _state(state: str | None) -> World:
    held = {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}
    if state is not None:
        held["state"] = state
    return injected(highAvailability=held).world


CASES: list[Case] = [
    ("healthy", lambda: _state("Healthy"), ok),
    ("near miss: switched off", lambda: injected().world, skip),
    (
        "near miss: mode Disabled without a state",
        lambda: injected(highAvailability={"mode": "Disabled"}).world,
        skip,
    ),
    ("being made", lambda: _state("CreatingStandby"), fail("warning", says="CreatingStandby")),
    ("self-contradicting", lambda: _state("NotEnabled"), fail("error", says="NotEnabled")),
    ("an empty state", lambda: _state(""), unknown("does not state")),
    ("no state", lambda: _state(None), unknown("does not state")),
]
