"""The probe against a real PostgreSQL: encryption, certificates, refusals, log-in."""

from __future__ import annotations

import pytest

from pgtopo.probe.probe import Question, SslMode, probe
from pgtopo.probe.result import Probe
from pgtopo.probe.startup import Login
from tests.probe.certificates import Authority
from tests.probe.postgres import OPEN_TO_TLS, PASSWORD, USER, Cluster

pytestmark = pytest.mark.needs_program

HOST = "127.0.0.1"


def asked(
    cluster: Cluster,
    authority: Authority | None = None,
    *,
    mode: SslMode = SslMode.VERIFY_FULL,
    login: Login | None = None,
) -> Probe:
    """What the probe sees of the cluster."""
    return probe(
        Question(
            host=HOST,
            port=cluster.port,
            mode=mode,
            authorities=str(authority.file) if authority else None,
            login=login or Login(),
        )
    )


def test_everything_is_fine(cluster: Cluster, authority: Authority) -> None:
    cluster.serve(certificate=authority.issue("good", HOST))
    seen = asked(cluster, authority)
    assert (seen.verdict, seen.code) == ("allowed", "PROBE_OK")
    assert seen.tls is not None
    assert seen.startup is not None
    assert seen.tls.version == "TLSv1.3"
    assert seen.tls.is_trusted
    assert seen.tls.matches_host
    assert [one.subject for one in seen.tls.chain] == ["CN=127.0.0.1"]
    assert 88 <= seen.tls.chain[0].days_left <= 90
    assert (seen.startup.code, seen.startup.method) == ("ASKS_PASSWORD", "SCRAM")
    assert seen.startup.encrypted
    assert not seen.startup.sent_password


@pytest.mark.parametrize(
    ("label", "host", "days", "code"),
    [
        ("other", "psql-other.example.test", 90, "TLS_HOST_NAME"),
        ("expired", HOST, -3, "TLS_EXPIRED"),
    ],
)
def test_faulty_certificates(
    cluster: Cluster, authority: Authority, label: str, host: str, days: int, code: str
) -> None:
    cluster.serve(certificate=authority.issue(label, host, days=days))
    seen = asked(cluster, authority)
    assert (seen.verdict, seen.code) == ("blocked", code)
    assert seen.startup is not None
    assert seen.startup.code == "ASKS_PASSWORD"
    assert asked(cluster, authority, mode=SslMode.REQUIRE).code == "PROBE_OK"


def test_a_root_this_machine_does_not_know(cluster: Cluster, authority: Authority) -> None:
    cluster.serve(certificate=authority.issue("good", HOST))
    login = Login(user=USER, password=PASSWORD)
    seen = asked(cluster, login=login)
    assert (seen.verdict, seen.code) == ("blocked", "TLS_UNTRUSTED")
    assert seen.startup is not None
    assert not seen.startup.sent_password, "a password went to a server nobody vouches for"


def test_a_server_without_encryption(cluster: Cluster) -> None:
    cluster.serve(hba="host all all 127.0.0.1/32 scram-sha-256")
    login = Login(user=USER, password=PASSWORD)
    seen = asked(cluster, login=login)
    assert (seen.verdict, seen.code) == ("blocked", "TLS_NOT_OFFERED")
    assert seen.startup is not None
    assert (seen.startup.code, seen.startup.encrypted) == ("ASKS_PASSWORD", False)
    assert not seen.startup.sent_password, "a password went in the clear"
    assert asked(cluster, mode=SslMode.DISABLE).code == "PROBE_OK"


def test_refused_by_host_based_access(cluster: Cluster, authority: Authority) -> None:
    good = authority.issue("good", HOST)
    cluster.serve(certificate=good, hba="host all all 127.0.0.1/32 reject")
    seen = asked(cluster, authority)
    assert (seen.verdict, seen.code) == ("blocked", "HBA_REFUSED")
    assert seen.startup is not None
    assert seen.startup.sqlstate == "28000"


def test_clients_without_encryption_are_told_to_use_it(
    cluster: Cluster, authority: Authority
) -> None:
    cluster.serve(certificate=authority.issue("good", HOST), hba=OPEN_TO_TLS)
    seen = asked(cluster, mode=SslMode.DISABLE)
    assert (seen.verdict, seen.code) == ("blocked", "HBA_NEEDS_TLS")


@pytest.mark.parametrize(
    ("encryption", "method"), [("scram-sha-256", "scram-sha-256"), ("md5", "md5")]
)
@pytest.mark.parametrize(
    ("password", "code"), [("wrong", "PASSWORD_REFUSED"), (PASSWORD, "LOGGED_IN")]
)
def test_log_in_when_asked_to(
    cluster: Cluster, authority: Authority, encryption: str, method: str, password: str, code: str
) -> None:
    cluster.serve(
        certificate=authority.issue("good", HOST),
        hba=f"hostssl all all 127.0.0.1/32 {method}",
        encryption=encryption,
    )
    seen = asked(cluster, authority, login=Login(user=USER, password=password))
    assert seen.startup is not None
    assert (seen.startup.code, seen.startup.sent_password) == (code, True)
    assert seen.code == "PROBE_OK", "the network is fine either way"


def test_log_in_with_a_password_in_clear_inside_encryption(
    cluster: Cluster, authority: Authority
) -> None:
    cluster.serve(
        certificate=authority.issue("good", HOST), hba="hostssl all all 127.0.0.1/32 password"
    )
    seen = asked(cluster, authority, login=Login(user=USER, password=PASSWORD))
    assert seen.startup is not None
    assert (seen.startup.code, seen.startup.is_standby) == ("LOGGED_IN", False)
    assert seen.startup.server_version


def test_an_unknown_database(cluster: Cluster, authority: Authority) -> None:
    cluster.serve(
        certificate=authority.issue("good", HOST), hba="hostssl all all 127.0.0.1/32 trust"
    )
    seen = asked(cluster, authority, login=Login(user=USER, database="nowhere"))
    assert seen.startup is not None
    assert (seen.startup.code, seen.startup.sqlstate) == ("ROLE_REFUSED", "3D000")
    assert seen.code == "PROBE_OK"
