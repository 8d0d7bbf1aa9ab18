from typing import Any

from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT705"


def _replica(**replica: Any) -> World:
    home = injected()
    held = {"role": "AsyncReplica", "capacity": 0, **replica}
    home.world.replica("psql-orders-r", home.server, home.subnet, home.zone, replica=held)
    return home.world


CASES: list[Case] = [
    ("active", lambda: _replica(replicationState="Active"), ok),
    ("near miss: no replica", lambda: injected().world, skip),
    ("broken", lambda: _replica(replicationState="Broken"), fail("error", says="Broken")),
    (
        "catching up",
        lambda: _replica(replicationState="Catchup"),
        fail("warning", certainty="likely"),
    ),
    ("not stated", _replica, unknown("does not state")),
]
