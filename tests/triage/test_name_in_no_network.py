"""A name that fails in many networks: the link that is missing, and who else asks in vain."""

from __future__ import annotations

import pytest

from pgtopo.session import Session
from pgtopo.triage.case import Case
from pgtopo.views.triage import hit
from tests.cli.conftest import Cli
from tests.triage.demo import SNAPSHOT, contoso

SERVER = "psql-analytics-prod-weu"
ERROR = f'could not translate host name "{SERVER}.postgres.database.azure.com"'
ZONE = "analytics.private.postgres.database.azure.com"


@pytest.fixture(scope="module")
def estate() -> Session:
    """The faulty estate, opened once."""
    return contoso()


def test_probe_lists_the_links_of_the_zone(cli: Cli) -> None:
    first = cli("triage", SNAPSHOT, "--error", ERROR, "--to", SERVER, "--format", "json").json[
        "causes"
    ][0]
    assert first["check"] == "PGT103"
    probe = first["next_probe"]
    assert probe.startswith("az network private-dns link vnet list --resource-group rg-dns-prod ")
    assert f"--zone-name {ZONE} " in probe
    assert " --subscription " in probe
    assert "<" not in probe


def test_summary_names_what_is_missing_and_who_else_fails(cli: Cli) -> None:
    told = " ".join(cli("triage", SNAPSHOT, "--error", ERROR, "--to", SERVER).text.split())
    assert f"{ZONE} to network vnet-analytics-weu." in told
    assert "The setting that is missing: a link of" in told
    also = "18 networks do not get the server's address for its name either"
    assert f"hits 1 other client subnet; {also}." in told
    assert "No other client" not in told


def test_networks_are_those_of_the_grid_of_names(cli: Cli, estate: Session) -> None:
    cause = estate.triage(Case(server=SERVER, error=ERROR)).causes[0]
    grid = cli("dns", SNAPSHOT).text.partition(f"{SERVER}\n")[2].splitlines()
    blocked = next(line for line in grid if "BLOCKED" in line)
    assert blocked.split()[-2:] == [str(cause.who_else.networks), "networks"]
    assert cause.who_else.client_names == ("vnet-analytics-weu/snet-app-analytics",)


def test_own_network_of_the_client_is_not_counted(estate: Session) -> None:
    case = Case(client="vnet-orders-weu", server=SERVER, error=ERROR)
    first = next(one for one in estate.triage(case).causes if one.code == "ZONE_NOT_LINKED")
    assert first.who_else.networks == 17


def test_no_declared_client_is_no_comfort() -> None:
    assert hit.nobody(18, has_known_clients=False) == (
        "nobody is declared as a client; 18 networks do not get the server's address for its name"
        " either"
    )
    assert "nobody is declared" in hit.nobody(0, has_known_clients=False)
    assert "does not get" in hit.nobody(1, has_known_clients=True)
