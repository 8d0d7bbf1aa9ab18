"""Whether a DNS server can be reached on port 53.

Azure rule: Azure DNS is a matter of the platform; any other DNS server is ordinary traffic, to
which filters, routes and peerings apply ("Name resolution for resources in Azure virtual networks",
Microsoft Learn). UDP decides; TCP is for the rare answer that does not fit.
"""

from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.owners import Owner, OwnerKind
from pgtopo.analysis.names.platform import OPEN, Way, platform_way
from pgtopo.analysis.shares import Shares
from pgtopo.analysis.verdict import Verdict
from pgtopo.analysis.way.packets import Delivery, deliver, deliveries
from pgtopo.model.net import is_private, parse_address

_PORT = 53


def reach(facts: Facts, part: ClientPart, server: str, owner: Owner) -> Way:
    """Whether a part of a client reaches a DNS server over UDP 53.

    Unknown when: something on the way was not read, or nothing in the data owns the address and
    neither a filter nor a route settles it.
    """
    if owner.kind is OwnerKind.AZURE:
        return platform_way(facts, part)
    address = parse_address(server)
    if address is None:
        text = f"{server} is not an IPv4 address."
        return Way(verdict=Verdict.UNKNOWN, text=text)
    if part.has_only_ipv6:
        text = "the subnet has no IPv4 addresses, and IPv6 is not judged."
        return Way(verdict=Verdict.UNKNOWN, text=text)
    if not part.is_space_known and not part.addresses:
        text = "the addresses of the subnet are not known."
        return Way(verdict=Verdict.UNKNOWN, text=text)
    if owner.kind is OwnerKind.UNKNOWN and part.home is not Home.SUBNET:
        return OPEN
    found = deliver(facts, part, address, "udp", _PORT, subnet=owner.subnet)
    if owner.kind is OwnerKind.UNKNOWN and found.verdict is Verdict.BLOCKED:
        shares = deliveries(facts, part, address, ("udp", _PORT), subnet=owner.subnet)
        return _doubted(found, address, shares)
    return _way(found)


def _way(found: Delivery) -> Way:
    return Way(
        verdict=found.verdict,
        text=found.text,
        decided_by=found.decided_by,
        evidence=found.evidence,
        assumptions=found.assumptions,
    )


_BY_DEFAULT = frozenset({"NSG_DEFAULT_DENY", "NO_ROUTE"})
"""What Azure does with an address it does not know: no proof where we do not know it either."""


def _doubted(found: Delivery, address: int, shares: Shares) -> Way:
    """A block on the way to an address that nothing in the data owns.

    Where the server stands is not known, so only what somebody set against it proves a block: a
    custom rule or a user-defined route, for every share of the client. A route to the internet is
    a dead end for a private address, and the very way for a public one.
    """
    weak = _BY_DEFAULT if is_private(address) else _BY_DEFAULT | {"ROUTE_INTERNET"}
    if all(
        any(one.verdict is Verdict.BLOCKED and one.code not in weak for one in steps)
        for _, steps in shares
    ):
        return _way(found)
    if not is_private(address):
        return OPEN
    return Way(
        verdict=Verdict.UNKNOWN,
        text=f"{found.text} Where the server stands is not in the data.",
        decided_by=found.decided_by,
        evidence=found.evidence,
        assumptions=found.assumptions,
    )
