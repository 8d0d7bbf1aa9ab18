"""What is laid on the demonstration's resources is found there, and nothing that is not."""

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Severity
from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.model.settings import DeclaredClient, Settings
from pgtopo.model.topology import Topology
from pgtopo.sources.load import load_files
from tests.estates.writing import SNAPSHOTS, read_table

_NOTES = (SNAPSHOTS / "contoso" / "notes.md").read_text(encoding="utf-8")
_FAULTS = read_table(_NOTES, "Faults")
_EFFECTS = read_table(_NOTES, "Side effects")
_OFFICE = DeclaredClient(source="onprem:192.168.130.0/24", targets=("psql-crm-prod-neu",))
_GRAVE = (Severity.ERROR, Severity.WARNING)


def _estate(name: str) -> Topology:
    return load_files([SNAPSHOTS / name / "snapshot.json"]).topology


def _found(topology: Topology, *clients: DeclaredClient) -> tuple[Finding, ...]:
    report = run(Facts(topology, Settings(clients=clients)), catalogue())
    assert report.crashes == ()
    return report.fails


@pytest.fixture(scope="module")
def contoso() -> Topology:
    """The faulty estate, opened once."""
    return _estate("contoso")


@pytest.fixture(scope="module")
def found(contoso: Topology) -> tuple[Finding, ...]:
    """What the checks find in it where the northern office is declared as a client."""
    return _found(contoso, _OFFICE)


def _places(line: dict[str, str]) -> set[str]:
    others = line.get("may stand on", "-").replace("`", " ").split()
    return {text.lower() for text in (line["subject"], *others) if text.startswith("/")}


@pytest.mark.parametrize("fault", _FAULTS, ids=[f"{one['check']} {one['no']}" for one in _FAULTS])
def test_every_fault_of_the_notes_is_found(
    found: tuple[Finding, ...], fault: dict[str, str]
) -> None:
    places = [one.subject for one in found if one.check == fault["check"]]
    assert _places(fault) & set(places), places


def test_every_grave_finding_is_in_the_notes(contoso: Topology) -> None:
    known = [(line["check"], _places(line)) for line in (*_FAULTS, *_EFFECTS)]
    strange = [
        f"{one.check} {one.subject}: {one.message}"
        for one in _found(contoso)
        if one.severity in _GRAVE
        and not any(one.check == check and one.subject in places for check, places in known)
    ]
    assert strange == []


def test_nothing_grave_is_found_in_the_healthy_estate() -> None:
    grave = [one.message for one in _found(_estate("healthy")) if one.severity in _GRAVE]
    assert grave == []


def test_declared_clients_of_the_healthy_estate_reach_their_server() -> None:
    """The office that is at fault elsewhere gets no error here; its name server is not stated."""
    grave = [one for one in _found(_estate("healthy"), _OFFICE) if one.severity in _GRAVE]
    assert grave == []
