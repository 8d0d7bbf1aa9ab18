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
from pgtopo.analysis.verdict import Evidence, Stage, Verdict
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
    least: int = 1
    """So many steps it must explain: what is not there may be meant to be so."""


def suspects(facts: Facts, path: PathVerdict) -> tuple[Suspect, ...]:
    """Everything upstream of a path that is not as it should be; peerings that exist come first."""
    ends = dict.fromkeys(_ends(facts, path))
    needed = list(_needed(facts, path, ends))
    around = {*ends, *(one.there for one in needed), *_named(facts, path)}
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


class _Needed(msgspec.Struct, frozen=True):
    """A network that the way counts on being peered with another one."""

    here: ArmId
    there: ArmId
    why: str
    seen: Evidence
    code: str = "NETWORKS_NOT_PEERED"


def _needed(facts: Facts, path: PathVerdict, ends: dict[ArmId, None]) -> Iterator[_Needed]:
    """The networks of next hops and DNS servers, and the server's where no route leads there."""
    for subnet in _subnets(facts, path):
        table = facts.topology.get(RouteTable, subnet.route_table)
        for route in table.routes if table is not None else ():
            seen = Evidence(route.id, "properties.nextHopIpAddress", route.hop_ip)
            for home in _homes(facts, parse_address(route.hop_ip)) if route.hop_ip else ():
                why = f"where next hop {route.hop_ip} of route {route.name} is"
                yield _Needed(subnet.network, home, why, seen)
    for part in path.client.parts:
        asked = asked_servers(facts, part)
        if part.network is None or part.network not in ends:
            continue
        for server in asked.servers if asked.evidence else ():
            owner = owner_of(facts, server, part.network)
            if owner.network is not None and asked.evidence:
                why = f"where its DNS server {server} is"
                yield _Needed(part.network, owner.network, why, asked.evidence)
        yield from _without_route(path, part.network, ends)


def _without_route(path: PathVerdict, here: ArmId, ends: dict[ArmId, None]) -> Iterator[_Needed]:
    """The networks at the other end, where no route leads there another way."""
    for step in path.steps:
        is_it = step.code == "NO_ROUTE" and step.stage is Stage.FORWARD_ROUTE
        if is_it and step.verdict is Verdict.BLOCKED and step.decided_by is not None:
            for there in ends:
                yield _Needed(here, there, "where the server is", step.decided_by, step.code)


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


def _lacking(facts: Facts, needed: list[_Needed]) -> Iterator[Suspect]:
    """Peerings that are not there at all, to networks whose addresses an end counts on."""
    told: set[tuple[ArmId, ArmId]] = set()
    for one in needed:
        here, there = one.here, one.there
        if here == there or (here, there) in told or _is_joined(facts, here, there):
            continue
        told.add((here, there))
        listed = [half.name for half in facts.topology.peerings_of(here)]
        own = Evidence(here, "properties.virtualNetworkPeerings", listed)
        yield Suspect(
            code=one.code,
            resource=here,
            text=f"No peering joins {called(facts, here)} and {called(facts, there)}, {one.why}.",
            evidence=(own,) if one.seen.resource == here else (own, one.seen),
            fixes=peerings.peer_both(facts, here, there),
            least=2,
        )


def _is_joined(facts: Facts, here: ArmId, there: ArmId) -> bool:
    return any(one.remote == there for one in facts.topology.peerings_of(here)) or any(
        one.remote == here for one in facts.topology.peerings_of(there)
    )
