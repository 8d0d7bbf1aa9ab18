"""What might let a client's queries get to a DNS server: the way of port 53 mended step by step."""

from collections.abc import Callable, Iterator

import msgspec

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.names.askers import asked_servers
from pgtopo.analysis.names.owners import OwnerKind, owner_of
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.analysis.way.packets import deliveries
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies import peerings, rules
from pgtopo.model.ids import ArmId, ancestor, name_of
from pgtopo.model.net import parse_address

_SERVICE = ("udp", 53)
_DENIED = frozenset({"NSG_DENY", "NSG_DEFAULT_DENY"})

Mend = Callable[[Step], tuple[Fix, ...]]
"""Gives what might clear a step that has nothing to do with the port."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One DNS server that a client asks and does not reach."""

    address: str
    network: ArmId | None
    step: Step
    """The first step that blocks the way."""


def open_way(facts: Facts, part: ClientPart | None, mend: Mend) -> tuple[Fix, ...]:
    """What might open the way to each DNS server of a client, the first server first."""
    if part is None:
        return ()
    return tuple(fix for one in unreached(facts, part) for fix in _fixes(facts, part, one, mend))


def unreached(facts: Facts, part: ClientPart) -> Iterator[Asked]:
    """The DNS servers that no packet of a part of a client gets to."""
    for server in asked_servers(facts, part).servers:
        owner, address = owner_of(facts, server, part.network), parse_address(server)
        if address is None or owner.kind in (OwnerKind.AZURE, OwnerKind.UNKNOWN):
            continue
        for _, steps in deliveries(facts, part, address, _SERVICE, subnet=owner.subnet):
            blocked = next((one for one in steps if one.verdict is Verdict.BLOCKED), None)
            if blocked is not None:
                yield Asked(address=server, network=owner.network, step=blocked)
                break


def _fixes(facts: Facts, part: ClientPart, asked: Asked, mend: Mend) -> tuple[Fix, ...]:
    code = asked.step.code
    if code in _DENIED:
        return _admit(facts, part, asked)
    if code == "NO_ROUTE" and asked.step.stage is Stage.FORWARD_ROUTE:
        here, there = part.network, asked.network
        is_apart = here is not None and there is not None and here != there
        return peerings.peer_both(facts, here, there) if is_apart and here and there else ()
    return mend(asked.step)


def _admit(facts: Facts, part: ClientPart, asked: Asked) -> tuple[Fix, ...]:
    """An allow rule for exactly these clients, this DNS server and port 53."""
    decider = asked.step.decided_by.resource if asked.step.decided_by is not None else None
    nsg = ancestor(decider, "networksecuritygroups") if decider is not None else None
    if nsg is None or decider is None:
        return ()
    is_out = asked.step.stage is Stage.CLIENT_FILTER
    opening = rules.Opening(
        name=f"allow-dns-{'out' if is_out else 'in'}",
        direction=Direction.OUTBOUND if is_out else Direction.INBOUND,
        sources=tuple(part.addresses.cidrs()),
        destinations=(f"{asked.address}/32",),
        port=_SERVICE[1],
        protocol="*",
    )
    return rules.allow(facts, nsg, opening, name_of(decider))
