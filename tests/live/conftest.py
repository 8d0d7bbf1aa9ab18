"""A stand-in per test, and a collection from it."""

from __future__ import annotations

import datetime
import ipaddress
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pgtopo.sources.azure.collect import collect
from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.request import Collected, Listener, Request
from tests.stand_in.estate import Estate
from tests.stand_in.server import StandIn, running

FAST = Timing(second=0.005, read_timeout=60, connect_timeout=60)
"""Waits are told as they are and kept two hundred times shorter."""

Start = Callable[..., StandIn]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the machine the tests run on must not come between."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for this machine that sign themselves, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pgtopo stand-in")])
    now = datetime.datetime.now(datetime.UTC)
    local = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(local, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "chain.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts stand-ins that allow as many queries as one likes, and stops them after the test."""
    with ExitStack() as stack:

        def make(estate: Estate, chain: Path | None = None) -> StandIn:
            stand_in = StandIn(estate)
            stand_in.graph.quota = None
            return stack.enter_context(running(stand_in, chain))

        yield make


def ask(
    stand_in: StandIn,
    listener: Listener | None = None,
    cancel: threading.Event | None = None,
    *,
    timing: Timing = FAST,
    certificates: Path | None = None,
    **words: Any,
) -> Collected:
    """What is collected from a stand-in."""
    request = Request(arm_endpoint=stand_in.url, **words)
    return collect(request, listener, cancel, timing=timing, certificates=str(certificates or ""))


def ids_of(found: Collected, kind: str = "") -> Counter[str]:
    """How often every row is there, by id."""
    rows = [json.loads(row) for row in found.rows]
    return Counter(row["id"].lower() for row in rows if not kind or row["type"].lower() == kind)


def ids_in(estate: Estate, kind: str = "") -> Counter[str]:
    """Every row of an estate once."""
    return Counter(
        str(row["id"]).lower() for row in estate.all() if not kind or row["type"].lower() == kind
    )


def statuses(found: Collected, kind: str) -> dict[str, str]:
    """How the reading of a kind ended, by scope."""
    return {one["scope"]: one["status"] for one in found.coverage if one["kind"] == kind}
