"""Certificates that are odd, and hosts that are written oddly: the probe tells, and never fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509

from pgtopo.probe.probe import Question, probe
from pgtopo.probe.result import Probe
from tests.probe import stubs
from tests.probe.certificates import Authority

ASKS = b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0"


def asked(host: str, authority: Authority, certificate: tuple[Path, Path], at: str) -> Probe:
    """What the probe sees of a server that encrypts."""
    with stubs.serving(stubs.encrypted_server(certificate, ASKS), (at, 0)) as port:
        question = Question(host=host, port=port, limit=2.0, authorities=str(authority.file))
        return probe(question)


@pytest.mark.parametrize(
    ("host", "at", "code"),
    [
        ("127.0.0.1", "127.0.0.1", "PROBE_OK"),
        ("::1", "::1", "PROBE_OK"),
        ("[::1]", "::1", "PROBE_OK"),
        ("2130706433", "127.0.0.1", "TLS_HOST_NAME"),
        ("0x7f000001", "127.0.0.1", "TLS_HOST_NAME"),
    ],
)
def test_hosts_written_in_every_way(authority: Authority, host: str, at: str, code: str) -> None:
    assert asked(host, authority, authority.issue("plain", at), at).code == code


@pytest.mark.parametrize(
    ("encoded", "names"),
    [
        (b"\x82\x09localhost", ("localhost",)),
        (b"\xa3\x09localhost", ()),  # an X.400 address
        (b"\x87\x09localhost", ()),  # an IP address of nine bytes
    ],
    ids=["name", "x400", "address"],
)
def test_alternative_names_of_every_kind(
    authority: Authority, encoded: bytes, names: tuple[str, ...]
) -> None:
    # OpenSSL takes the certificate as it is; what it says is read by another library.
    body = b"\x30" + bytes([len(encoded)]) + encoded
    extension = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), body)
    seen = asked("127.0.0.1", authority, authority.issue_with("odd", extension), "127.0.0.1")
    assert seen.code == "TLS_HOST_NAME"
    assert seen.tls is not None
    assert seen.tls.chain[0].names == names
