"""Any bytes as a word: an id, a prefix, a port, a name on the command line."""

from __future__ import annotations

import argparse
import ipaddress
from collections.abc import Callable
from functools import cache

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.targets import find_target
from pgtopo.cli import options
from pgtopo.model import ids, net
from pgtopo.model.settings import Settings
from pgtopo.sources.azure.request import Request, checked
from pgtopo.sources.load import load_rows
from pgtopo.views.literal import printable
from pgtopo.views.whatif.option import number_of
from tests.fuzz.bases import small
from tests.fuzz.guided.refusing import refusing


def scalar(data: bytes) -> None:
    """Read the bytes as the kind of word that the first one names."""
    if data:
        READERS[data[0] % len(READERS)](data[1:].decode("utf-8", "surrogateescape"))


def _id(text: str) -> None:
    folded = ids.fold(text)
    assert ids.fold(folded) == folded
    table = ids.IdTable()
    assert table.fold(text) == folded
    parent = ids.parent_of(folded)
    assert ids.is_within(folded, parent)
    ids.name_of(folded), ids.type_of(folded), ids.group_of(folded), ids.ancestor(folded, "subnets")
    assert ids.is_within(folded, ids.subscription_scope(folded))


def _prefix(text: str) -> None:
    span = net.parse_prefix(text)
    if span is None:
        return
    assert 0 <= span.low <= span.high <= net.MAX_V4
    made = net.SpanSet([span])
    cidrs = made.cidrs()
    assert net.union(net.SpanSet([one]) for one in map(net.parse_prefix, cidrs) if one) == made
    assert all(ipaddress.IPv4Network(one) for one in cidrs)


def _address(text: str) -> None:
    value = net.parse_address(text)
    if value is not None:
        assert net.parse_address(net.format_address(value)) == value
        assert not net.is_ipv6(text)
    net.is_ipv6(text)


def _ports(text: str) -> None:
    span = net.parse_ports(text)
    assert span is None or 0 <= span.low <= span.high <= net.MAX_PORT


def _spans(text: str) -> None:
    """Sets of a few spans: what holds of sets holds of them."""
    values = [ord(letter) for letter in text[:24]]
    pairs = [tuple(sorted(values[at : at + 2])) for at in range(0, len(values) - 1, 2)]
    one, two = (net.SpanSet(net.Span(*pair) for pair in pairs[half::2]) for half in (0, 1))
    both, left = one & two, one - two
    assert not left.overlaps(two)
    assert left | both == one
    assert (one | two) - two == left
    assert both.overlaps(one) == bool(both.spans)
    assert both <= one <= one | two


def _argument(text: str) -> None:
    for reads in (options.port_number, options.ipv4_address):
        try:
            reads(text)
        except argparse.ArgumentTypeError:
            continue


def _number(text: str) -> None:
    with refusing():
        assert 1 <= number_of(text, 1, 90) <= 90


def _request(text: str) -> None:
    first, _, rest = text.partition("\n")
    for made in (
        Request(subscriptions=(first,)),
        Request(management_groups=(first, rest)),
        Request(tenant=first),
        Request(arm_endpoint=first),
    ):
        with refusing():
            host = checked(made).arm_endpoint.partition("//")[2]
            assert not host or host.lower().startswith(("127.", "localhost", "[")), host


def _client(text: str) -> None:
    with refusing():
        assert find_client(_facts(), text).parts


def _server(text: str) -> None:
    with refusing():
        find_target(_facts(), text)


def _shown(text: str) -> None:
    shown = printable(text)
    assert all(letter.isprintable() for letter in shown), shown
    assert printable(shown) == shown


@cache
def _facts() -> Facts:
    return Facts(load_rows(small()), Settings())


READERS: tuple[Callable[[str], None], ...] = (
    *(_id, _prefix, _address, _ports, _spans, _argument),
    *(_number, _request, _client, _server, _shown),
)
