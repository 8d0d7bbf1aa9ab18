"""What pgtopo gives to be pasted stays one word per value, whatever resources are called."""

import json
import shlex

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Fail
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import outcomes
from tests.checks import driver
from tests.estates.rows import DEFAULT_GROUP
from tests.estates.world import World

_HOSTILE = DEFAULT_GROUP + "'; touch x $(id) `id` \\"
_WITH_REMEDY = [check.id for check in catalogue() if check.remedy is not None]
_TABLES = {table.CHECK: table for table in driver.tables()}
_BY_ID = {check.id: check for check in catalogue()}


def hostile(world: World) -> World:
    """The same world in a resource group with a name that a shell would act on."""
    shown = json.dumps(_HOSTILE)[1:-1]
    world.rows = json.loads(json.dumps(world.rows, default=str).replace(DEFAULT_GROUP, shown))
    world.coverage = json.loads(json.dumps(world.coverage).replace(DEFAULT_GROUP, shown))
    return world


def assert_words_are_whole(command: str) -> None:
    for word in shlex.split(command):
        assert ("touch" in word) is (_HOSTILE.lower() in word.lower()), command


@pytest.mark.parametrize("check_id", sorted(_TABLES))
def test_commands_that_settle_a_question(check_id: str) -> None:
    for _, make, expected in driver.cases_of(_TABLES[check_id]):
        if expected.outcome == "unknown":
            _, findings = driver.judge(_BY_ID[check_id], hostile(make()))
            for finding in findings:
                if finding.settle_with.startswith("az "):
                    assert_words_are_whole(finding.settle_with)


@pytest.mark.parametrize("check_id", _WITH_REMEDY)
def test_commands_of_fixes_and_of_their_way_back(check_id: str) -> None:
    cases = driver.cases_of(_TABLES[check_id])
    make = next(make for _, make, expected in cases if expected.outcome == "fail")
    world, check = hostile(make()), _BY_ID[check_id]
    facts = Facts(world.topology(), world.settings())
    for subject, outcome in outcomes(facts, check):
        for answer in outcome if isinstance(outcome, tuple) else (outcome,):
            found = facts.topology.find(subject)
            if isinstance(answer, Fail) and found is not None and check.remedy is not None:
                for fix in check.remedy(facts, found, answer):
                    for command in (*fix.commands, *fix.roll_back):
                        assert_words_are_whole(command)
