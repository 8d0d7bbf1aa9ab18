"""A tour in a real terminal through the three jobs, with keys alone: browse, review, triage."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pgtopo.model import patch
from tests.tui.screen import CONTOSO
from tests.tui.tmux import TMUX, Tmux

pytestmark = [
    pytest.mark.needs_program,
    pytest.mark.skipif(TMUX is None, reason="tmux is not installed"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[list[Tmux]]:
    opened: list[Tmux] = []
    yield opened
    for one in opened:
        one.close()


def test_browsing_from_server_to_subnet_to_zone_to_peering(folder: Path, start: list[Tmux]) -> None:
    tour = Tmux(folder)
    start.append(tour)
    tour.sees("pgtopo", "demo estate")
    tour.keys("Enter")
    tour.sees("29 servers", "Estate by network", "the whole estate")
    tour.sees("faulty")
    tour.keys("v", "v")
    tour.sees("Estate by server")
    tour.fill("/", "orders-prod-weu")
    tour.sees("hidden by filter")
    tour.keys("n")
    tour.sees("psql-orders-prod-weu  flexible server", "Connect with")
    tour.keys("v", "v")
    tour.sees("Estate by network")
    tour.fill("/", "snet-pg-orders kind:subnet")
    tour.keys("n")
    tour.sees("subnet", "Addresses      10.", "Filter (NSG)")
    tour.keys(".", ".", ".")
    tour.sees("[Filters]", "as evaluated", "first match decides")
    tour.keys(".")
    tour.sees("[Routes]", "Routes in force")
    tour.keys(".")
    tour.sees("[Addresses]", "kept by Azure")
    _zones_and_grids(tour)


def _zones_and_grids(tour: Tmux) -> None:
    tour.keys("v", "v", "v")
    tour.sees("Estate by zone")
    tour.fill("/", "kind:zone crm")
    tour.keys("n", "d")
    tour.sees("crm.private.postgres.database.azure.com", "Visible in networks")
    tour.keys("u")
    tour.sees("Used by", "flexible server")
    tour.keys("3")
    tour.sees("Reach", "→")
    tour.keys("4")
    tour.sees("Names", "answer")
    tour.keys("5")
    tour.sees("5 Map")
    tour.keys("[")
    tour.sees("Names", "answer")
    tour.keys("q")
    tour.until_gone()


def test_reviewing_a_snapshot_offline(folder: Path, start: list[Tmux]) -> None:
    document = json.loads(Path(CONTOSO).read_bytes())
    document["rows"].append({"id": 7, "type": "microsoft.network/virtualnetworks"})
    (folder / "estate.json").write_text(json.dumps(document))
    tour = Tmux(folder, "estate.json")
    start.append(tour)
    tour.sees("SNAPSHOT 2026-11-20 09:12Z", "1 row set aside", "faulty")
    tour.keys("i")
    tour.sees("Not read", "estate.json")
    tour.keys("Escape", "2")
    tour.sees("Findings by cause")
    tour.fill("/", "check:pgt103 is:error")
    tour.sees("Private zone of a server is not linked", "Why it matters", "Evidence")
    tour.keys("Tab", "NPage")
    tour.sees("PROVED on a copy")
    tour.keys("h", "C-y")
    tour.sees("copied: az network private-dns link vnet create")
    assert (folder / "state" / "pgtopo" / "copied.txt").read_text().startswith("az network")
    tour.keys("x")
    tour.answer("Why is PGT103 suppressed?", "known since May")
    tour.answer("Until when?", "2099-01-31")
    tour.sees("  suppressed  ")
    assert "PGT103" in (folder / "config" / "pgtopo" / "suppressions.toml").read_text()
    tour.keys("C-s")
    tour.sees("saved ")
    report = next(folder.glob("pgtopo-report-*.md")).read_text()
    assert "known since May" in report
    tour.keys("p")
    tour.sees("are pseudonyms")
    assert "psql-" not in tour.screen()
    tour.keys("q")
    tour.until_gone()


def test_an_incident_from_the_blocked_path_to_a_change_that_opens_it(
    folder: Path, start: list[Tmux]
) -> None:
    tour = Tmux(folder, CONTOSO)
    start.append(tour)
    tour.sees("faulty")
    tour.keys("v", "v")
    tour.sees("Estate by server")
    tour.fill("/", "psql-billing-prod")
    tour.keys("n", "m")
    tour.sees("server: psql-billing-prod-weu")
    tour.fill("M", "snet-app-crm")
    tour.sees("[Path]", "✖ BLOCKED", "server state", "route there")
    tour.keys("G")
    tour.sees("Fix")
    tour.keys("3")
    tour.sees("Reach", "→")
    tour.fill("/", "snet-app-billing to:billing")
    tour.keys("t")
    tour.sees("[Path]", "psql-billing-prod-weu", "port 5432")
    tour.keys("w")
    tour.sees("What if ...")
    tour.keys("Enter")
    tour.sees("WHAT IF: A COPY", "1 change on a copy")
    tour.keys("W")
    tour.sees("nothing is changed in Azure", "az ")
    tour.keys("p")
    tour.sees("saved ")
    kept = next(folder.glob("pgtopo-patch-*.json"))
    assert patch.parse(kept.read_text(), kept.name).ops
    tour.keys("W", "x")
    tour.sees("the estate as it is again", "SNAPSHOT")
    _from_the_error_to_the_cause(tour, folder)
    tour.keys("q")
    tour.until_gone()


def _from_the_error_to_the_cause(tour: Tmux, folder: Path) -> None:
    """Say the symptom and both ends, read the cause, copy the command, hand over a report."""
    tour.keys("6")
    tour.sees("6 Triage", "enter: paste or pick", "From a symptom to a cause")
    tour.keys("Enter")
    tour.sees("What the client prints", "ctrl+s take")
    tour.type('could not translate host name "psql-analytics-prod-weu": Name or service not known')
    tour.sees("service not known")
    tour.keys("C-s", "j")
    tour.sees("the name cannot be resolved")
    for title, words, taken in (
        ("Which client?", "vm-analytics-01 machine", "vm-analytics-01"),
        ("Which server?", "psql-analytics-prod-weu", "psql-analytics-prod-weu"),
    ):
        tour.keys("Enter")
        tour.sees(title)
        tour.type(words)
        tour.sees(words)
        tour.keys("Enter", "j")
        tour.sees(taken)
    tour.sees("Causes, the likeliest first", "1 ZONE_NOT_LINKED")
    tour.keys("j", "j")
    tour.sees("PGT103", "is not linked to", "Settle or confirm it with", "PROVED on a copy")
    tour.keys("C-y")
    tour.sees("copied: ")
    assert (folder / "state" / "pgtopo" / "copied.txt").read_text().strip()
    tour.sees("az network private-dns link vnet create")
    tour.keys("C-s")
    tour.sees("saved ")
    report = next(folder.glob("pgtopo-incident-*.md"))
    assert "ZONE_NOT_LINKED" in report.read_text()


def test_a_terminal_that_is_made_smaller_and_bigger(folder: Path, start: list[Tmux]) -> None:
    tour = Tmux(folder, CONTOSO, size=(60, 16))
    start.append(tour)
    tour.sees("Estate by network", "faulty")
    tour.keys("Tab")
    tour.sees("The estate")
    tour.keys("q")
    tour.until_gone()
