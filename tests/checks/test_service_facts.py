"""Every fact is covered by checks and commands there are, and named by a test."""

import re
from functools import cache
from pathlib import Path

import pytest

from pgtopo.checks import docs
from pgtopo.checks.registry import catalogue
from pgtopo.checks.service_facts import SERVICE_FACTS, ServiceFact, facts_behind
from pgtopo.cli import topics, verbs
from pgtopo.views.style import PLAIN

_TESTS = Path(__file__).resolve().parents[1]
_each = pytest.mark.parametrize("fact", SERVICE_FACTS, ids=lambda fact: fact.id)
_IDS = {check.id for check in catalogue()}


@cache
def _named_in_tests() -> dict[str, set[str]]:
    """The files whose text names a fact, by its id."""
    found: dict[str, set[str]] = {}
    for path in sorted(_TESTS.rglob("*.py")):
        if path.name != Path(__file__).name:
            for one in re.findall(r"(?<![A-Za-z0-9])R\d\d(?!\d)", path.read_text("utf-8")):
                found.setdefault(one, set()).add(path.name)
    return found


def test_the_list_is_whole_and_in_order() -> None:
    assert [fact.id for fact in SERVICE_FACTS] == [f"R{number:02}" for number in range(1, 38)]


@_each
def test_each_is_covered_by_what_there_is(fact: ServiceFact) -> None:
    assert fact.text.endswith(".")
    assert fact.checks or fact.shown_by
    assert set(fact.checks) <= _IDS
    assert len(set(fact.checks)) == len(fact.checks)
    for shown in fact.shown_by:
        verb, _, words = shown.partition(":")
        assert verb.split()[0] in verbs.names()
        assert words.strip()
        if verb.startswith("list "):
            from pgtopo.views.tables.registry import all_tables

            assert verb.split()[1] in {table.kind for table in all_tables()}


@_each
def test_each_is_named_by_a_test(fact: ServiceFact) -> None:
    assert _named_in_tests().get(fact.id)


def test_help_lists_every_fact_with_its_checks() -> None:
    text = "\n".join(topics.lines("requirements", PLAIN))
    for fact in SERVICE_FACTS:
        assert f"{fact.id}  {fact.text}" in text
        assert all(check in text for check in fact.checks)


def test_a_check_tells_what_it_rests_on() -> None:
    entra = next(check for check in catalogue() if check.id == "PGT401")
    assert [fact.id for fact in facts_behind("PGT401")] == ["R12"]
    assert "R12 A default route" in docs.full_text(entra)
    assert facts_behind("PGT118") == ()
