"""Names as DNS servers tell them: chains of aliases, absence, silence."""

from __future__ import annotations

import pytest

from pgtopo.probe.names import ask_server, look_up
from pgtopo.probe.result import Outcome
from tests.probe.dns_server import Zone, answering

PUBLIC = "psql-orders.postgres.database.azure.com"
LINK = "psql-orders.privatelink.postgres.database.azure.com"
RECORD = "a1b2c3.orders.private.postgres.database.azure.com"

#: The ways a flexible server's public name leads on, by how the server is attached.
ZONE: Zone = {
    PUBLIC: ("CNAME", LINK + "."),
    LINK: ("A", "10.2.1.5"),
    "psql-vnet.postgres.database.azure.com": ("CNAME", RECORD + "."),
    RECORD: ("A", "10.2.9.4"),
    "psql-hidden.postgres.database.azure.com": ("CNAME", "gone.private.example.test."),
    "psql-six.example.test": ("AAAA", "fd00::5"),
    "psql-empty.postgres.database.azure.com": ("EMPTY", ""),
    "psql-broken.postgres.database.azure.com": ("SERVFAIL", ""),
    "psql-silent.postgres.database.azure.com": ("SILENCE", ""),
    "loop-a.example.test": ("CNAME", "loop-b.example.test."),
    "loop-b.example.test": ("CNAME", "loop-a.example.test."),
}


@pytest.mark.parametrize(
    ("host", "outcome", "addresses", "chain"),
    [
        (PUBLIC, Outcome.OK, ("10.2.1.5",), (LINK,)),
        ("psql-vnet.postgres.database.azure.com", Outcome.OK, ("10.2.9.4",), (RECORD,)),
        (
            "psql-hidden.postgres.database.azure.com",
            Outcome.REFUSED,
            (),
            ("gone.private.example.test",),
        ),
        ("psql-six.example.test", Outcome.OK, ("fd00::5",), ()),
        ("psql-empty.postgres.database.azure.com", Outcome.OK, (), ()),
        ("psql-broken.postgres.database.azure.com", Outcome.FAILED, (), ()),
        ("psql-silent.postgres.database.azure.com", Outcome.TIMEOUT, (), ()),
        ("psql-unknown.postgres.database.azure.com", Outcome.REFUSED, (), ()),
    ],
)
def test_what_a_server_says(
    host: str, outcome: Outcome, addresses: tuple[str, ...], chain: tuple[str, ...]
) -> None:
    with answering(ZONE) as port:
        said = ask_server(host, ("127.0.0.1", port), 0.5)
    assert (said.outcome, said.addresses, said.chain) == (outcome, addresses, chain)
    assert said.ttl == 30 or not said.addresses


@pytest.mark.parametrize("host", ["loop-a.example.test", "", "a..b", "x" * 300, "\x00", "ü.test"])
def test_odd_names_end(host: str) -> None:
    with answering(ZONE) as port:
        said = ask_server(host, ("127.0.0.1", port), 0.5)
    assert not said.addresses


def test_a_named_server_decides_where_to_go() -> None:
    with answering({"localhost": ("A", "127.0.0.7")}) as port:
        found = look_up("localhost", ("127.0.0.1", port), 2.0)
    assert [one.resolver for one in found.lookups] == ["system", "127.0.0.1"]
    assert found.addresses == ("127.0.0.7",)


def test_an_address_needs_no_resolver() -> None:
    found = look_up("10.1.2.3", None, 1.0)
    assert (found.lookups, found.addresses, found.code) == ((), ("10.1.2.3",), "OK")


@pytest.mark.parametrize("host", ["::1", "[::1]", "fe80::1%lo"])
def test_an_ipv6_address_needs_no_resolver(host: str) -> None:
    assert look_up(host, None, 1.0).addresses == (host.strip("[]"),)


def test_a_dns_server_may_have_an_ipv6_address() -> None:
    with answering({"localhost": ("A", "127.0.0.7")}, "::1") as port:
        assert look_up("localhost", ("::1", port), 2.0).addresses == ("127.0.0.7",)
