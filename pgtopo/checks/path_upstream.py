"""What lies upstream of a blocked path: peerings that carry nothing although the way needs them.

A peering that is down shows itself in many places at once: its ranges leave the VirtualNetwork tag,
next hops and DNS servers behind it get out of reach, and answers find no way back. Whether one of
these peerings is to blame is not decided here: it is what mending it does to the path that tells.
"""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.askers import asked_servers
from pgtopo.analysis.names.owners import owner_of
from pgtopo.analysis.networks.peerings import Usable, peering_state, unsynced_space
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.reading import peering_words
from pgtopo.checks.remedies import peerings
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import format_address, parse_address
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.routing import RouteTable


class Suspect(msgspec.Struct, frozen=True, kw_only=True):
    """One object that may be to blame for several blocked steps, and what would mend it."""

    code: str
    resource: ArmId
    text: str
    evidence: tuple[Evidence, ...]
    fixes: tuple[Fix, ...]


def suspects(facts: Facts, path: PathVerdict) -> tuple[Suspect, ...]:
    """Everything upstream of a path that is not as it should be; peerings that exist come first."""
    ends = dict.fromkeys(_ends(facts, path))
    needed = list(_needed(facts, path, ends))
    around = {*ends, *(network for _, network, _ in needed), *_named(facts, path)}
    found: list[Suspect] = []
    told: set[frozenset[ArmId]] = set()
    for network in sorted(around):
        for peering in facts.topology.peerings_of(network):
            joined = frozenset({network, peering.remote or network})
            if peering.remote in around and joined not in told:
                told.add(joined)
                found += _of_peering(facts, peering)
    return (*found, *_lacking(facts, needed))


# -- which networks have a part ---------------------------------------------------------------


def _ends(facts: Facts, path: PathVerdict) -> Iterator[ArmId]:
    """The networks that client and server are in."""
    places = [path.server.subnet, *(o.subnet for o in facts.topology.endpoints_of(path.server.id))]
    found = [part.network for part in path.client.parts]
    found += [ancestor(place, "virtualnetworks") for place in places if place is not None]
    yield from (one for one in found if facts.topology.get(VirtualNetwork, one) and one)


def _needed(
    facts: Facts, path: PathVerdict, ends: dict[ArmId, None]
) -> Iterator[tuple[ArmId, ArmId, Evidence]]:
    """An end, another network with an address it counts on, and what says so."""
    for subnet in _subnets(facts, path):
        table = facts.topology.get(RouteTable, subnet.route_table)
        for route in table.routes if table is not None else ():
            seen = Evidence(route.id, "properties.nextHopIpAddress", route.hop_ip)
            for home in _homes(facts, parse_address(route.hop_ip)) if route.hop_ip else ():
                yield subnet.network, home, seen
    for part in path.client.parts:
        asked = asked_servers(facts, part)
        for server in asked.servers if part.network in ends and asked.evidence else ():
            owner = owner_of(facts, server, part.network)
            if owner.network is not None and part.network is not None and asked.evidence:
                yield part.network, owner.network, asked.evidence


def _subnets(facts: Facts, path: PathVerdict) -> Iterator[Subnet]:
    """The subnets at both ends."""
    places = [part.subnet for part in path.client.parts]
    places += [path.server.subnet]
    places += [one.subnet for one in facts.topology.endpoints_of(path.server.id)]
    for place in dict.fromkeys(places):
        subnet = facts.topology.get(Subnet, place)
        if subnet is not None:
            yield subnet


def _homes(facts: Facts, address: int | None) -> list[ArmId]:
    """The networks whose space has an address."""
    if address is None:
        return []
    networks = facts.topology.all(VirtualNetwork)
    text = format_address(address)
    return facts.once(
        "homes of", text, lambda: [one.id for one in networks if address in one.space]
    )


def _named(facts: Facts, path: PathVerdict) -> Iterator[ArmId]:
    """The networks that blocked steps name."""
    for step in path.steps:
        if step.verdict is not Verdict.BLOCKED:
            continue
        for one in (step.decided_by, *step.evidence):
            network = ancestor(one.resource, "virtualnetworks") if one is not None else None
            if network is not None and facts.topology.get(VirtualNetwork, network):
                yield network


# -- what is wrong with them ------------------------------------------------------------------


def _of_peering(facts: Facts, peering: Peering) -> Iterator[Suspect]:
    """What keeps two networks that are peered from talking."""
    other = facts.topology.reverse_of(peering)
    halves = [peering] if other is None else [peering, other]
    states = [peering_state(facts, one) for one in halves]
    blank = Fail(message="", evidence=())
    down = next((at for at, one in enumerate(states) if one.usable is Usable.NO), None)
    if down is not None:
        half, state = _worst(halves), states[down]
        own = peering_state(facts, half)
        state = own if own.usable is Usable.NO else state
        yield Suspect(
            code="PEERING_NOT_CONNECTED",
            resource=half.id,
            text=f"{peering_words(facts, half)} {state.text}: the two networks exchange nothing.",
            evidence=(state.evidence,),
            fixes=peerings.connect(facts, half, blank),
        )
        return
    for half in halves:
        if unsynced_space(facts, half):
            path = "properties.remoteAddressSpace.addressPrefixes"
            yield Suspect(
                code="PEERING_NOT_SYNCED",
                resource=half.id,
                text=f"{peering_words(facts, half)} does not route a range that the other network"
                " has by now.",
                evidence=(Evidence(half.id, path, half.remote_prefixes),),
                fixes=peerings.sync(facts, half, blank),
            )
        if not half.allows_access:
            yield Suspect(
                code="PEERING_ACCESS_OFF",
                resource=half.id,
                text=f"{peering_words(facts, half)} has virtual network access switched off.",
                evidence=(Evidence(half.id, "properties.allowVirtualNetworkAccess", value=False),),
                fixes=(peerings.admit_access(facts, half),),
            )


def _worst(halves: list[Peering]) -> Peering:
    """The half that says itself that it is down, else the first."""
    return next((one for one in halves if not one.is_connected), halves[0])


def _lacking(facts: Facts, needed: list[tuple[ArmId, ArmId, Evidence]]) -> Iterator[Suspect]:
    """Peerings that are not there at all, to networks whose addresses an end counts on."""
    told: set[tuple[ArmId, ArmId]] = set()
    for here, there, seen in needed:
        if here == there or (here, there) in told or _is_joined(facts, here, there):
            continue
        told.add((here, there))
        listed = [one.name for one in facts.topology.peerings_of(here)]
        yield Suspect(
            code="NETWORKS_NOT_PEERED",
            resource=here,
            text=f"No peering joins {called(facts, here)} and {called(facts, there)}, where the"
            f" address {seen.value if isinstance(seen.value, str) else 'of its DNS server'} is"
            " that it counts on.",
            evidence=(Evidence(here, "properties.virtualNetworkPeerings", listed), seen),
            fixes=peerings.peer_both(facts, here, there),
        )


def _is_joined(facts: Facts, here: ArmId, there: ArmId) -> bool:
    return any(one.remote == there for one in facts.topology.peerings_of(here)) or any(
        one.remote == here for one in facts.topology.peerings_of(there)
    )
