"""`pgtopo probe`: the document, the words, the exit codes, and the model's opinion."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, written
from tests.estates.world import World, hex_label
from tests.probe import stubs
from tests.probe.dns_server import answering

ASKS = b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0"
SERVER = "127.0.0.5"
HOST = "psql-orders.postgres.database.azure.com"
KEYS = {
    "schema",
    "host",
    "port",
    "dns",
    "tcp",
    "tls",
    "startup",
    "verdict",
    "agrees_with_model",
}


def loopback_estate(path: Path, *, is_named: bool = True) -> Path:
    """An estate whose server's address is one of this machine's own."""
    world = World()
    network = world.vnet("vnet-app", "127.0.0.0/16")
    subnet = world.subnet(network, "snet-pg", "127.0.0.0/28", delegation="pg")
    world.subnet(network, "snet-app", "127.0.1.0/24")
    zone = world.zone("orders.private.postgres.database.azure.com")
    if is_named:
        world.link(zone, network)
        world.a_record(zone, hex_label("psql-orders"), SERVER)
    world.server("psql-orders", subnet, zone)
    return written(path, world.snapshot())


def test_the_document_has_every_promised_key(cli: Cli) -> None:
    with stubs.serving(stubs.after_the_request(ASKS)) as port:
        ran = cli("probe", "127.0.0.1", "--port", str(port), "--format", "json")
    assert ran.code == 1
    assert set(ran.json) >= KEYS
    assert ran.json["schema"] == "pgtopo.probe/1"
    assert (ran.json["verdict"], ran.json["code"]) == ("blocked", "TLS_NOT_OFFERED")
    assert ran.json["agrees_with_model"] is None
    assert ran.json["tcp"][0]["outcome"] == "ok"
    assert ran.json["startup"]["code"] == "ASKS_PASSWORD"


def test_a_client_that_does_not_encrypt_gets_through(cli: Cli) -> None:
    with stubs.serving(stubs.after_the_request(ASKS)) as port:
        ran = cli("probe", "127.0.0.1", "--port", str(port), "--sslmode", "disable")
    assert ran.code == 0
    assert "OPEN  PROBE_OK" in ran.text
    assert "no password sent" in ran.text


_lookup = socket.getaddrinfo


def _nobody(host: str, *rest: Any, **options: Any) -> Any:
    """The system's resolver, for addresses only."""
    if host == HOST:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _lookup(host, *rest, **options)


@pytest.mark.parametrize(
    ("answer", "is_named", "agrees"),
    [(SERVER, True, True), ("127.0.0.9", True, False), ("127.0.0.9", False, False)],
    ids=["as-predicted", "another-address", "a-name-that-should-not-resolve"],
)
def test_the_model_is_asked(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    is_named: bool,
    agrees: bool,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _nobody)  # no question leaves this machine
    estate = loopback_estate(tmp_path / "estate.json", is_named=is_named)
    with (
        answering({HOST: ("A", answer)}) as dns,
        stubs.serving(stubs.after_the_request(ASKS), (answer, 0)) as port,
    ):
        words = ["--dns-server", f"127.0.0.1:{dns}", "--sslmode", "disable", "--from", "snet-app"]
        ran = cli("probe", HOST, estate, "--port", str(port), *words, "--format", "json")
        text = cli("probe", HOST, estate, "--port", str(port), *words).text
    assert ran.code == 0
    assert ran.json["agrees_with_model"] is agrees
    assert {one["stage"] for one in ran.json["model"]} == {"name", "network"}
    assert f"The model {'agrees with what was seen' if agrees else 'says otherwise'}" in text


def test_hostile_answers_are_shown_literally(cli: Cli) -> None:
    answer = b"E\0\0\0\x2eSFATAL\0CXX000\0M\x1b[2Jgone[@click=app.quit]\0\0"
    with stubs.serving(stubs.after_the_request(answer)) as port:
        ran = cli("probe", "127.0.0.1", "--port", str(port), "--sslmode", "disable")
    assert "\x1b" not in ran.text
    assert "[@click=app.quit]" in ran.text


@pytest.mark.parametrize(
    "words",
    [
        ("--timeout", "0"),
        ("--timeout", "never"),
        ("--port", "0"),
        ("--dns-server", "resolver.example"),
        ("--dns-server", "[::1"),
        ("--dns-server", "[::1]:99999"),
        ("--sslrootcert", "/nowhere/root.pem"),
        ("--from", "snet-app"),
        ("--log-in",),
    ],
)
def test_what_cannot_be_meant(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    assert cli("probe", "127.0.0.1", *words).code == 2
