"""Pasted output of commands is read, and moves causes (R26)."""

import pytest

from pgtopo.session import Session
from pgtopo.triage.case import Case, Paste
from pgtopo.triage.readings.read import read
from pgtopo.triage.readings.reading import Outcome, Reading
from tests.triage import outputs
from tests.triage.demo import contoso

AROUND = ("10.22.16.10", "10.22.18.4", 5432)


def only(text: str) -> Reading:
    """The one reading of a paste."""
    (found,) = read(Paste(name="pasted", text=text), AROUND)
    return found


@pytest.mark.parametrize(
    ("text", "tool", "outcome"),
    [
        (outputs.DIG_FOUND, "dig", Outcome.NAME_FOUND),
        (outputs.DIG_SHORT, "dig", Outcome.NAME_FOUND),
        (outputs.DIG_MISSING, "dig", Outcome.NAME_MISSING),
        (outputs.DIG_SERVFAIL, "dig", Outcome.NAME_FAILED),
        (outputs.DIG_SILENT, "dig", Outcome.NAME_FAILED),
        (outputs.NSLOOKUP_FOUND, "nslookup", Outcome.NAME_FOUND),
        (outputs.NSLOOKUP_DEBUG, "nslookup", Outcome.NAME_FOUND),
        (outputs.NSLOOKUP_WINDOWS, "nslookup", Outcome.NAME_FOUND),
        (outputs.NSLOOKUP_MISSING, "nslookup", Outcome.NAME_MISSING),
        (outputs.NSLOOKUP_WINDOWS_MISSING, "nslookup", Outcome.NAME_MISSING),
        (outputs.RESOLVED, "Resolve-DnsName", Outcome.NAME_FOUND),
        (outputs.NOT_RESOLVED, "Resolve-DnsName", Outcome.NAME_MISSING),
        (outputs.HOST_FOUND, "host", Outcome.NAME_FOUND),
        (outputs.HOST_MISSING, "host", Outcome.NAME_MISSING),
        (outputs.NC_OPEN, "nc", Outcome.OPEN),
        (outputs.NC_TIMEOUT, "nc", Outcome.TIMED_OUT),
        (outputs.NC_REFUSED, "nc", Outcome.REFUSED),
        (outputs.NCAT_OPEN, "nc", Outcome.OPEN),
        (outputs.NCAT_TIMEOUT, "nc", Outcome.TIMED_OUT),
        (outputs.TNC_OPEN, "Test-NetConnection", Outcome.OPEN),
        (outputs.TNC_FAILED, "Test-NetConnection", Outcome.TIMED_OUT),
        (outputs.PSQL_ROWS, "psql", Outcome.CONNECTED),
        (outputs.PG_READY, "pg_isready", Outcome.OPEN),
        (outputs.PG_SILENT, "pg_isready", Outcome.TIMED_OUT),
        (outputs.FLOW_DENY, "test-ip-flow", Outcome.RULE_DENIES),
        (outputs.FLOW_ALLOW, "test-ip-flow", Outcome.RULE_ALLOWS),
        (outputs.FLOW_TABLE, "test-ip-flow", Outcome.RULE_DENIES),
        (outputs.HOP_NONE, "show-next-hop", Outcome.NEXT_HOP),
        (outputs.ROUTES, "show-effective-route-table", Outcome.NEXT_HOP),
        (outputs.ROUTES_TABLE, "show-effective-route-table", Outcome.NEXT_HOP),
        (outputs.RULES, "list-effective-nsg", Outcome.RULE_DENIES),
        ("psql: error: x failed: Connection timed out", "client", Outcome.ERROR),
        ("hello", "", Outcome.UNREADABLE),
        ("{", "", Outcome.UNREADABLE),
        ('{"a": 1}', "", Outcome.UNREADABLE),
        ("[" * 5000, "", Outcome.UNREADABLE),
    ],
)
def test_output_is_read(text: str, tool: str, outcome: Outcome) -> None:
    found = only(text)
    assert (found.tool, found.outcome) == (tool, outcome)


@pytest.mark.parametrize(
    "text",
    [
        outputs.DIG_FOUND,
        outputs.NSLOOKUP_FOUND,
        outputs.NSLOOKUP_DEBUG,
        outputs.NSLOOKUP_WINDOWS,
    ],
)
def test_answer_and_canonical_name_are_taken(text: str) -> None:
    found = only(text)
    assert found.addresses == ("10.22.18.4",)
    assert found.aliases[-1] in (outputs.PRIVATE, outputs.H)


def test_longest_active_prefix_gives_the_next_hop() -> None:
    found = only(outputs.ROUTES)
    assert (found.hop, found.hop_address, found.prefix) == (
        "VirtualAppliance",
        "10.22.17.4",
        "10.22.18.0/28",
    )
    assert only(outputs.ROUTES_TABLE).hop == "None"


def test_lowest_priority_that_fits_decides_among_rules_in_force() -> None:
    assert only(outputs.RULES).rule == "deny-pg"


def test_probe_is_read_step_by_step() -> None:
    found = read(Paste(name="probe.json", text=outputs.PROBE), AROUND)
    assert [one.outcome for one in found] == [
        Outcome.NAME_FOUND,
        Outcome.TIMED_OUT,
        Outcome.NOTED,
    ]
    for odd in ('{"schema": "pgtopo.probe/1"}', '{"schema": "pgtopo.probe/1", "dns": 1, "tcp": 3}'):
        assert only(odd).outcome is Outcome.UNREADABLE


def test_tables_need_the_addresses() -> None:
    for text in (outputs.ROUTES, outputs.RULES):
        (found,) = read(Paste(name="x", text=text), ("", "", 5432))
        assert found.outcome is Outcome.UNREADABLE


# -- what they move -------------------------------------------------------------------------------


def _paste(*texts: str) -> tuple[Paste, ...]:
    return tuple(Paste(name=f"paste {at}", text=text) for at, text in enumerate(texts, 1))


def _codes(
    estate: Session, client: str, server: str, *texts: str, error: str = "timeout"
) -> list[tuple[str, str]]:
    case = Case(error=error, client=client, server=server, pastes=_paste(*texts))
    return [(one.code, one.verdict.value) for one in estate.triage(case).causes]


@pytest.fixture(scope="module")
def estate() -> Session:
    """The faulty estate, opened once."""
    return contoso()


TEST = ("vm-app-test-01", "psql-app-test-weu")
BACKOFFICE = ("vm-backoffice-01", "psql-web-prod-weu")


def test_open_port_rules_the_network_out(estate: Session) -> None:
    codes = _codes(estate, *TEST, outputs.NC_OPEN)
    assert codes[0] == ("SEEN_WORKING", "unknown")
    assert ("NSG_DENY", "unknown") in codes


def test_missing_name_settles_what_depended_on_a_forwarder(estate: Session) -> None:
    name = "psql-web-prod-weu.postgres.database.azure.com"
    text = outputs.DIG_MISSING.replace(outputs.H, name)
    assert _codes(estate, *BACKOFFICE, error="name_not_found")[0] == (
        "FORWARDER_UNKNOWN",
        "unknown",
    )
    settled = _codes(estate, *BACKOFFICE, text, error="name_not_found")
    assert settled[0] == ("FORWARDER_UNKNOWN", "blocked")


def test_right_answer_rules_the_forwarder_out(estate: Session) -> None:
    _, path = estate.trace("vm-web-02", BACKOFFICE[1])
    name = "psql-web-prod-weu.postgres.database.azure.com"
    text = f"{name}. 30 IN A {path.answers[0]}\n"
    codes = _codes(estate, *BACKOFFICE, text, error="name_not_found")
    assert codes[0][0] == "SEEN_WORKING"


def test_wrong_answer_confirms_the_wrong_record(estate: Session) -> None:
    name = "psql-catalog-prod-weu.postgres.database.azure.com"
    text = f"{name}. 30 IN A 10.20.2.60\n"
    assert _codes(estate, "vm-web-01", "psql-catalog-prod-weu", text)[0] == (
        "WRONG_ADDRESS",
        "blocked",
    )


def test_flow_check_confirms_or_clears_the_clients_group(estate: Session) -> None:
    ends = ("vm-etl-reports-01", "psql-reports-prod-neu")
    assert _codes(estate, *ends, outputs.FLOW_DENY)[0] == ("NSG_DENY", "blocked")
    assert ("NSG_DENY", "unknown") in _codes(estate, *ends, outputs.FLOW_ALLOW)


def test_denial_the_data_does_not_show_is_a_cause_of_its_own(estate: Session) -> None:
    ends = ("vm-app-orders-01", "psql-orders-prod-weu")
    assert _codes(estate, *ends, outputs.FLOW_DENY)[0] == ("RULE_SEEN", "blocked")
    assert _codes(estate, *ends, outputs.HOP_NONE)[0] == ("NEXT_HOP_SEEN", "blocked")


def test_next_hop_confirms_or_clears_a_route(estate: Session) -> None:
    ends = ("vm-batch-billing-01", "psql-ledger-prod-weu")
    assert _codes(estate, *ends, outputs.HOP_NONE)[0] == ("ROUTE_NONE", "blocked")
    assert ("ROUTE_NONE", "unknown") in _codes(estate, *ends, outputs.HOP_PEERING)


def test_error_among_the_pastes_is_the_symptom(estate: Session) -> None:
    text = f'connection to server at "{outputs.H}" (10.22.18.4), port 5432 failed: timeout expired'
    found = estate.triage(Case(client=TEST[0], pastes=_paste(text)))
    assert found.symptom.kind.value == "timeout"
    assert found.ends.server is not None
    assert found.ends.server.name == TEST[1]
