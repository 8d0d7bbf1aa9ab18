"""Symptoms of clients that reach the server: encryption, logins, capacity, cuts, read-only."""

from typing import Any

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Verdict
from pgtopo.triage.case import Case
from pgtopo.triage.causes.cause import Cause
from pgtopo.triage.diagnosis import diagnose
from tests.estates.world import World, hex_label


def first(world: World, error: str, server: str = "psql-orders", **told: Any) -> Cause:
    """The likeliest cause of an error at a client beside the server."""
    facts = Facts(world.topology(), world.settings())
    case = Case(error=error, client="snet-app", server=server, **told)
    return diagnose(facts, None, case).causes[0]


def estate(**props: Any) -> World:
    """A server that its neighbour subnet reaches."""
    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/27", delegation="pg")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    zone = world.zone("orders.private.postgres.database.azure.com")
    world.link(zone, network)
    world.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    world.server("psql-orders", subnet, zone, **props)
    return world


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ('no pg_hba.conf entry for host "10.1.2.4", user "a", no encryption', "TLS_NOT_USED"),
        ("server does not support SSL, but SSL was required", "TLS_NOT_OFFERED"),
        ("SSL error: certificate verify failed", "CERTIFICATE_NOT_TRUSTED"),
        ('certificate for "x" does not match host name "y"', "CERTIFICATE_NAME"),
        ("connection requires a valid client certificate", "CERTIFICATE_SIGN_IN"),
        ("SSL error: tlsv1 alert protocol version", "TLS_VERSION"),
        ("FATAL: The access token has expired.", "TOKEN_REFUSED"),
        ('role "x" does not exist', "ROLE_OR_DATABASE"),
        ("sorry, too many clients already", "CONNECTIONS_EXHAUSTED"),
        ("no more connections allowed (max_client_conn)", "POOLER_EXHAUSTED"),
    ],
)
def test_words_that_name_their_cause_are_believed(error: str, code: str) -> None:
    found = first(estate(entra=True), error)
    assert (found.code, found.verdict) == (code, Verdict.BLOCKED)


@pytest.mark.parametrize(
    ("error", "auth", "code"),
    [
        ("password authentication failed", {"passwordAuth": "Disabled"}, "PASSWORD_SIGN_IN_OFF"),
        ("invalid access token", {"activeDirectoryAuth": "Disabled"}, "ENTRA_SIGN_IN_OFF"),
    ],
)
def test_way_of_signing_in_that_is_off_is_certain_enough(
    error: str, auth: dict[str, str], code: str
) -> None:
    config = {"activeDirectoryAuth": "Enabled", "passwordAuth": "Enabled", **auth}
    found = first(estate(authConfig=config), error)
    assert (found.code, found.verdict) == (code, Verdict.BLOCKED)


def test_replica_explains_that_nothing_can_be_written() -> None:
    world = estate()
    primary = next(one["id"] for one in world.rows if one["name"] == "psql-orders")
    network = world.rows[0]["id"]
    subnet = world.subnet(network, "snet-pg-2", "10.1.3.0/27", delegation="pg")
    zone = next(one["id"] for one in world.rows if one["type"].endswith("privatednszones"))
    world.replica("psql-copy", primary, subnet, zone)
    error = "cannot execute INSERT in a read-only transaction"
    assert first(world, error, "psql-copy").code == "REPLICA_READ_ONLY"
    assert first(world, error).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("false", Verdict.BLOCKED), ("true", Verdict.UNKNOWN), (None, Verdict.UNKNOWN)],
)
def test_refused_pooler_is_held_against_its_parameter(value: str | None, verdict: Verdict) -> None:
    world = estate()
    server = next(one["id"] for one in world.rows if one["name"] == "psql-orders")
    if value is not None:
        world.parameter(server, "pgbouncer.enabled", value)
    found = first(world, "Error: connect ECONNREFUSED 10.1.1.4:6432")
    if value == "true":
        assert found.code != "POOLER_OFF" or found.verdict is verdict
    else:
        assert (found.code, found.verdict) == ("POOLER_OFF", verdict)


def test_unusual_port_is_told() -> None:
    assert first(estate(), "connection refused", port=5433).code == "PORT_UNUSUAL"


def test_ipv6_that_was_tried_is_told() -> None:
    error = (
        'connection to server at "psql-orders.postgres.database.azure.com"'
        " (2603:1020:206::1), port 5432 failed: Network is unreachable"
    )
    assert first(estate(), error).code == "IPV6_TRIED"
