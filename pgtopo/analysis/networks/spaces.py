"""The addresses of a subnet that something can have.

Azure rule: Azure keeps the first four addresses and the last of every prefix ("Azure Virtual
Network frequently asked questions", Microsoft Learn).
"""

from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.model.net import SpanSet, parse_prefix
from pgtopo.model.network import Subnet


def reserved(subnet: Subnet) -> SpanSet:
    """The addresses Azure keeps for itself."""
    spans: list[tuple[int, int]] = []
    for low, high in (s for s in map(parse_prefix, subnet.prefixes) if s is not None):
        if high - low >= 7:
            spans += [(low, low + 3), (high, high)]
    return SpanSet(spans)


def usable(subnet: Subnet) -> SpanSet:
    """What is left of a subnet."""
    return subnet.space - reserved(subnet)


class SpaceGap(NamedTuple):
    """Why the addresses of a subnet are not all known."""

    code: str
    text: str
    seen: Evidence


def space_gap(facts: Facts, subnet: Subnet | None) -> SpaceGap | None:
    """What keeps a subnet's IPv4 addresses from being known; None where every prefix can be read.

    Azure rule: flexible servers have no IPv6 addresses ("Networking overview with private access",
    Azure Database for PostgreSQL documentation), so IPv6 ranges answer nothing.
    """
    if subnet is None:
        return None
    place = called(facts, subnet.id)
    unread = subnet.unread_prefixes
    if unread:
        path = prefix_property(subnet)
        text = f"The prefix of subnet {place} cannot be read: {path} = {', '.join(unread)}."
        return SpaceGap("PREFIX_UNREADABLE", text, Evidence(subnet.id, path, unread))
    if subnet.space:
        return None
    if subnet.prefixes:
        text = f"Subnet {place} has IPv6 ranges only, and only IPv4 is judged."
        seen = Evidence(subnet.id, "properties.addressPrefixes", subnet.prefixes)
        return SpaceGap("IPV6_ONLY", text, seen)
    seen = Evidence(subnet.id, "properties.addressPrefix", value=None)
    return SpaceGap("PREFIX_NOT_STATED", f"Subnet {place} states no address prefix.", seen)


def prefix_property(subnet: Subnet) -> str:
    """The property that holds a subnet's prefixes: one for a single prefix, one for several."""
    return "properties.addressPrefix" + ("" if len(subnet.prefixes) < 2 else "es")
