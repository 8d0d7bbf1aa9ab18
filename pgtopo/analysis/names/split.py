"""Clients cut along what decides their DNS: some addresses may reach a DNS server, others not."""

import msgspec

from pgtopo.analysis.clients.parties import ClientPart, Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.askers import asked_servers
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.networks.spaces import reserved
from pgtopo.analysis.shares import verdict_of
from pgtopo.analysis.verdict import Verdict
from pgtopo.analysis.way.packets import deliver, deliveries
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet, parse_address, union
from pgtopo.model.network import Subnet

_SERVICE = ("udp", 53)


def name_parts(facts: Facts, part: ClientPart, client_dns: str = "") -> tuple[ClientPart, ...]:
    """The part itself, or its shares where filters let only some of it ask a DNS server.

    Each share then has one answer to "can it reach that DNS server", for every server it asks.
    """
    if len(part.addresses) < 2 or part.home is Home.INTERNET:
        return (part,)
    key = (part, client_dns)
    return facts.once("name parts", key, lambda: _split(facts, part, client_dns))


def _split(facts: Facts, part: ClientPart, client_dns: str) -> tuple[ClientPart, ...]:
    shares = [part.addresses]
    for server in asked_servers(facts, part, client_dns).servers:
        address = parse_address(server)
        owner = owner_of(facts, server.strip(), part.network)
        if address is None or owner.kind is OwnerKind.AZURE:
            continue
        cut = _by_verdict(facts, part, address, owner.subnet)
        shares = [both for one in shares for held in cut if (both := one & held)]
    shares = _without_reserved(facts, part, shares)
    if len(shares) == 1:
        return (part,)
    return tuple(msgspec.structs.replace(part, addresses=share) for share in shares)


def _without_reserved(facts: Facts, part: ClientPart, shares: list[SpanSet]) -> list[SpanSet]:
    """Shares that hold addresses of a subnet no client can have are no shares of their own."""
    subnet = facts.topology.get(Subnet, part.subnet)
    if subnet is None or not part.is_whole_subnet:
        return shares
    kept = reserved(subnet)
    real = [share for share in shares if share - kept]
    rest = union(share for share in shares if not share - kept)
    return [real[0] | rest, *real[1:]] if real else shares


def _by_verdict(
    facts: Facts, part: ClientPart, address: int, subnet: ArmId | None
) -> list[SpanSet]:
    """The part's addresses by the verdict of their way to one DNS server."""
    whole = deliver(facts, part, address, *_SERVICE, subnet=subnet)
    if whole.verdict is not Verdict.UNKNOWN:
        return [part.addresses]
    found: dict[Verdict, list[SpanSet]] = {}
    for share, steps in deliveries(facts, part, address, _SERVICE, subnet=subnet):
        found.setdefault(verdict_of(steps), []).append(share)
    return [union(held) for held in found.values()] or [part.addresses]
