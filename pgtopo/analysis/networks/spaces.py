"""The addresses of a subnet that something can have.

Azure rule: Azure keeps the first four addresses and the last of every prefix ("Azure Virtual
Network frequently asked questions", Microsoft Learn).
"""

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
