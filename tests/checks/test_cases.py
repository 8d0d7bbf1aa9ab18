"""Runs every case of every check's table."""

from collections.abc import Callable

import pytest

from pgtopo.checks.registry import catalogue
from tests.checks import driver
from tests.checks.expect import Expect
from tests.estates.world import World

_BY_ID = {check.id: check for check in catalogue()}
_ALL = [
    pytest.param(table.CHECK, make, expected, id=f"{table.CHECK}-{name.replace(' ', '_')}")
    for table in driver.tables()
    for name, make, expected in driver.cases_of(table)
]


@pytest.mark.parametrize(("check_id", "make", "expected"), _ALL)
def test_case(check_id: str, make: Callable[[], World], expected: Expect) -> None:
    world = make()
    found, findings = driver.judge(_BY_ID[check_id], world)
    driver.hold(world, found, findings, expected)
