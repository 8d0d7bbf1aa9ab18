"""The probe against things that are no proper PostgreSQL."""

from __future__ import annotations

import ssl
import time

import pytest

from pgtopo.probe.codes import PROBE_CODES
from pgtopo.probe.probe import Question, SslMode, probe
from pgtopo.probe.result import Probe
from tests.probe import stubs
from tests.probe.certificates import Authority

LIMIT = 0.6
"""Seconds for who keeps silent; all others answer at once, or when their thread gets its turn."""

PATIENCE_S = 60.0


def asked(port: int, mode: SslMode = SslMode.VERIFY_FULL, *, limit: float = PATIENCE_S) -> Probe:
    """What the probe sees."""
    return probe(Question(host="127.0.0.1", port=port, limit=limit, mode=mode))


@pytest.mark.parametrize(
    ("talk", "code"),
    [
        (stubs.web_server, "NOT_POSTGRESQL"),
        (stubs.mail_server, "NOT_POSTGRESQL"),
        (stubs.shell_server, "NOT_POSTGRESQL"),
        (stubs.hangs_up, "CONNECTION_CUT"),
        (stubs.cut_in_the_handshake, "TLS_FAILED"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_other_servers(talk: stubs.Talk, code: str) -> None:
    with stubs.serving(talk) as port:
        seen = asked(port)
    assert (seen.verdict, seen.code) == ("blocked", code)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0", "PROBE_OK"),
        (b"E\0\0\0\x1dSFATAL\0C53300\0Mtoo many\0\0", "SERVER_FULL"),
        (b"E\0\0\0\x1dSFATAL\0C57P03\0Mstarting\0\0", "SERVER_NOT_READY"),
        (b"E\0\0\0\x1dSFATAL\0CXX000\0Msome bug\0\0", "SERVER_REFUSED"),
        (b"E\xff\xff\xff\xffgarbage", "NOT_POSTGRESQL"),
        (b"R\x7f\xff\xff\xff", "NOT_POSTGRESQL"),
        (b"Z\0\0\0\x05I", "NOT_POSTGRESQL"),
        (b"R\0\0\0\x04", "PROBE_OK"),
        (b"E\0\0", "NO_ANSWER"),
    ],
)
def test_answers_to_the_start_up_message(answer: bytes, code: str) -> None:
    with stubs.serving(stubs.after_the_request(answer)) as port:
        limit = LIMIT if code == "NO_ANSWER" else PATIENCE_S
        assert asked(port, SslMode.DISABLE, limit=limit).code == code


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_encryption(authority: Authority, version: ssl.TLSVersion) -> None:
    certificate = authority.issue("old", "127.0.0.1")
    with stubs.serving(stubs.old_encryption(certificate, version)) as port:
        seen = asked(port)
    assert (seen.verdict, seen.code) == ("blocked", "TLS_VERSION")
    assert seen.tls is not None
    assert seen.tls.lower_version == {"TLSv1": "TLSv1", "TLSv1_1": "TLSv1.1"}[version.name]


def test_one_that_says_nothing() -> None:
    with stubs.serving(stubs.says_nothing) as port:
        seen = asked(port, limit=LIMIT)
    assert (seen.verdict, seen.code) == ("blocked", "NO_ANSWER")


def test_a_closed_port() -> None:
    with stubs.closed() as port:
        assert asked(port).code == "TCP_REFUSED"


def test_a_port_that_drops_packets() -> None:
    began = time.monotonic()
    with stubs.full_backlog() as port:
        seen = asked(port, limit=LIMIT)
    assert (seen.verdict, seen.code) == ("blocked", "TCP_TIMEOUT")
    assert time.monotonic() - began < PATIENCE_S, "the limit did not hold"


def test_every_code_is_listed() -> None:
    assert all(text.endswith(".") for text in PROBE_CODES.values())
