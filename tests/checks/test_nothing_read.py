"""Where nothing was read, what is not there is never a fault."""

import pytest

from pgtopo.checks.registry import catalogue
from tests.checks import driver
from tests.estates.world import World

_BY_ID = {check.id: check for check in catalogue()}

#: Checks whose fault is that something is not there: no link, no record, no other half.
ABSENCES = (
    *("PGT103", "PGT104", "PGT106", "PGT110", "PGT116", "PGT124", "PGT128"),
    *("PGT202", "PGT405", "PGT502", "PGT509", "PGT513", "PGT514"),
    *("PGT601", "PGT610", "PGT712", "PGT803", "PGT808", "PGT904", "PGT908", "PGT909"),
)


def _faulty(check_id: str) -> list[tuple[str, World]]:
    table = next(one for one in driver.tables() if check_id == one.CHECK)
    cases = driver.cases_of(table)
    return [(name, make()) for name, make, expected in cases if expected.outcome == "fail"]


@pytest.mark.parametrize("check_id", ABSENCES)
def test_absence_is_no_fault_where_nothing_was_read(check_id: str) -> None:
    worlds = _faulty(check_id)
    assert worlds
    for name, world in worlds:
        world.coverage = []
        outcome, _ = driver.judge(_BY_ID[check_id], world)
        assert outcome != "fail", name


@pytest.mark.parametrize("check_id", ABSENCES)
def test_absence_is_open_where_every_kind_was_denied(check_id: str) -> None:
    for name, world in _faulty(check_id):
        world.coverage = [
            entry | {"status": "denied", "detail": "AuthorizationFailed"}
            for entry in world.coverage
        ]
        outcome, _ = driver.judge(_BY_ID[check_id], world)
        assert outcome != "fail", name
