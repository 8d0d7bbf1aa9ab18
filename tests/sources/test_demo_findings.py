"""The checks say about the demonstration estates what their notes say, and nothing else."""

import pytest

from pgtopo.checks.base import Severity
from pgtopo.checks.finding import Finding
from pgtopo.model.settings import DeclaredClient, Settings
from pgtopo.session import open_files
from tests.estates.writing import SNAPSHOTS, read_table

_NOTES = (SNAPSHOTS / "contoso" / "notes.md").read_text(encoding="utf-8")
_FAULTS = read_table(_NOTES, "Faults")
_DECLARED = read_table(_NOTES, "Faults for declared clients")
_EFFECTS = read_table(_NOTES, "Side effects")


@pytest.fixture(scope="module")
def contoso() -> list[Finding]:
    """What is found in the faulty estate."""
    return _serious("contoso")


@pytest.mark.parametrize("fault", _FAULTS, ids=[f"{one['check']} {one['name']}" for one in _FAULTS])
def test_fault_is_found_where_the_notes_say(contoso: list[Finding], fault: dict[str, str]) -> None:
    assert _key(fault) in {(one.check, str(one.subject)) for one in contoso}


def test_nothing_is_found_that_the_notes_do_not_name(contoso: list[Finding]) -> None:
    named = {_key(line) for line in (*_FAULTS, *_EFFECTS)}
    surprises = [one.message for one in contoso if (one.check, str(one.subject)) not in named]
    assert surprises == []


def test_side_effects_are_real(contoso: list[Finding]) -> None:
    found = {(one.check, str(one.subject)) for one in contoso}
    assert {_key(line) for line in _EFFECTS} <= found


def test_declared_office_meets_its_missing_way_back() -> None:
    office = DeclaredClient(source="onprem:192.168.128.0/17", targets=("psql-crm-prod-neu",))
    found = {
        (one.check, str(one.subject)) for one in _serious("contoso", Settings(clients=(office,)))
    }
    assert {_key(line) for line in _DECLARED} <= found


def test_healthy_estate_has_no_finding_that_counts() -> None:
    assert [one.message for one in _serious("healthy")] == []


def _serious(estate: str, settings: Settings | None = None) -> list[Finding]:
    """What fails at error or warning level."""
    session = open_files([SNAPSHOTS / estate / "snapshot.json"], settings=settings or Settings())
    findings = session.findings().findings
    return [one for one in findings if one.is_fail and one.severity is not Severity.INFO]


def _key(line: dict[str, str]) -> tuple[str, str]:
    return line["check"], line["subject"].lower()
