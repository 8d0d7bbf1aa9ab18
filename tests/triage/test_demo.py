"""Triage of every broken path of the demonstration begins with what its client sees (R04, R34)."""

import pytest

from pgtopo.analysis.verdict import Verdict
from pgtopo.session import Session
from pgtopo.triage.case import Case
from pgtopo.triage.causes.cause import Cause, Certainty
from pgtopo.triage.diagnosis import Diagnosis
from tests.triage.demo import RESOLVERS, TRUTH, contoso, error_of, pairs

_PAIRS = [(one["client"], one["server"], one["decided by"]) for one in pairs()]


@pytest.fixture(scope="module")
def estate() -> Session:
    """The faulty estate, opened once."""
    return contoso()


def _told(estate: Session, client: str, server: str, error: str = "") -> Diagnosis:
    case = Case(error=error, client=client, server=server, client_dns=RESOLVERS.get(client))
    return estate.triage(case)


def _is_named(cause: Cause, decider: str) -> bool:
    """Whether the cause or its proof names what the notes say decides."""
    named = [cause.resource, *(one.resource for one in cause.evidence)]
    texts = [cause.text, *(one.text for one in cause.evidence)]
    return any(decider in (one or "") for one in named) or any(decider in one for one in texts)


@pytest.mark.parametrize(
    ("client", "server", "decider"), _PAIRS, ids=[f"{one[0]} to {one[1]}" for one in _PAIRS]
)
def test_true_cause_comes_first(estate: Session, client: str, server: str, decider: str) -> None:
    kind, code, check = TRUTH[client, server]
    found = _told(estate, client, server, error_of(estate, client, server, kind))
    assert found.symptom.kind.value == {"name": "name_not_found"}.get(kind, kind)
    first = found.causes[0]
    assert (first.code, first.check) == (code, check)
    assert first.verdict is Verdict.BLOCKED
    assert first.certainty in (Certainty.CERTAIN, Certainty.LIKELY)
    assert first.next_probe
    assert first.fixes
    if code != "ASYMMETRIC_PATH":  # the notes name the table that lacks the route
        assert _is_named(first, decider)


@pytest.mark.parametrize(
    ("client", "server", "decider"), _PAIRS, ids=[f"{one[0]} to {one[1]}" for one in _PAIRS]
)
def test_true_cause_comes_first_without_an_error(
    estate: Session, client: str, server: str, decider: str
) -> None:
    found = _told(estate, client, server)
    assert found.causes[0].code == TRUTH[client, server][1]
    assert any("--error" in one.settle_with for one in found.not_checked)


def test_every_blocked_pair_of_the_notes_has_its_truth() -> None:
    assert {(one[0], one[1]) for one in _PAIRS} == set(TRUTH)


def test_stopped_server_is_first_for_a_name_that_fails_too(estate: Session) -> None:
    found = _told(estate, "vm-sandbox-02", "psql-training-sbx-weu", "name_not_found")
    assert found.causes[0].code == "SERVER_NOT_RUNNING"


@pytest.mark.parametrize(
    ("client", "server", "code", "probe"),
    [
        ("vm-backoffice-01", "psql-web-prod-weu", "FORWARDER_UNKNOWN", "dig @10.21.80.4 "),
        ("vm-app-billing-01", "psql-inventory-prod-weu", "LINK_NOT_FINISHED", "az network"),
    ],
)
def test_open_question_stays_unknown_and_names_the_command(
    estate: Session, client: str, server: str, code: str, probe: str
) -> None:
    first = _told(estate, client, server, "name_not_found").causes[0]
    assert (first.code, first.verdict, first.certainty) == (
        code,
        Verdict.UNKNOWN,
        Certainty.POSSIBLE,
    )
    assert first.next_probe.startswith(probe)


def test_path_that_is_open_by_the_data_is_never_blamed(estate: Session) -> None:
    found = _told(estate, "vm-app-orders-01", "psql-orders-prod-weu", "timeout")
    assert {one.verdict for one in found.causes} == {Verdict.UNKNOWN}
    assert "DATA_SAYS_OPEN" in {one.code for one in found.causes}


def test_refused_login_is_not_blamed_on_a_broken_network(estate: Session) -> None:
    error = 'FATAL:  password authentication failed for user "app"'
    found = _told(estate, "vm-app-test-01", "psql-app-test-weu", error)
    codes = [one.code for one in found.causes]
    assert codes.index("PASSWORD_WRONG") < codes.index("NSG_DENY")
    (filtered,) = (one for one in found.causes if one.code == "NSG_DENY")
    assert filtered.against


def test_password_of_the_servers_own_user_is_not_blamed_on_entra(estate: Session) -> None:
    told = 'FATAL:  password authentication failed for user "app"'
    found = _told(estate, "vm-app-reports-01", "psql-reports-prod-neu", told)
    assert found.causes[0].code == "PASSWORD_WRONG"
    told = told.replace("app", "app@contoso.com")
    found = _told(estate, "vm-app-reports-01", "psql-reports-prod-neu", told)
    assert found.causes[0].code == "ENTRA_ROUTE_MISSING"


def test_entra_fault_of_the_server_is_found_behind_a_refused_token(estate: Session) -> None:
    error = "FATAL:  The access token has expired. Acquire a new token and retry."
    found = _told(estate, "vm-app-reports-01", "psql-reports-prod-neu", error)
    assert {"TOKEN_REFUSED", "ENTRA_ROUTE_MISSING"} <= {one.code for one in found.causes[:4]}


def test_who_else_counts_the_others(estate: Session) -> None:
    found = _told(estate, "vm-app-test-01", "psql-app-test-weu", "timeout")
    who = found.causes[0].who_else
    assert (who.clients, who.servers) == (1, 0)
    assert who.client_names == ("vnet-hub-weu/snet-mgmt",)


def test_address_that_is_not_the_servers_is_told(estate: Session) -> None:
    error = "Error: connect ETIMEDOUT 10.99.0.7:5432"
    found = _told(estate, "vm-app-orders-01", "psql-orders-prod-weu", error)
    assert found.causes[0].code == "ADDRESS_NOT_THE_SERVERS"


def test_client_that_asks_another_dns_server_than_its_network_is_told(estate: Session) -> None:
    name = "psql-orders-prod-weu.postgres.database.azure.com"
    told = f"dial tcp: lookup {name} on 10.99.0.53:53: no such host"
    found = _told(estate, "vm-app-orders-01", "psql-orders-prod-weu", told)
    assert (found.causes[0].code, found.causes[0].verdict) == ("CLIENT_RESOLVER", Verdict.BLOCKED)
    told = told.replace("10.99.0.53", "168.63.129.16")
    found = _told(estate, "vm-app-orders-01", "psql-orders-prod-weu", told)
    assert found.causes[0].verdict is Verdict.UNKNOWN


def test_name_that_is_not_the_servers_is_told(estate: Session) -> None:
    error = 'could not translate host name "psql-order-prod-weu.postgres.database.azure.com" to'
    found = _told(estate, "vm-app-orders-01", "psql-orders-prod-weu", error)
    assert found.causes[0].code == "NAME_MISSPELT"
