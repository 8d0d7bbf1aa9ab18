"""When a peering carries traffic, and for whom."""

from enum import Enum

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.base import RefState
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import Span, SpanSet, parse_prefix
from pgtopo.model.network import Peering, Subnet, VirtualNetwork


class Usable(Enum):
    """Whether a peering adds routes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PeeringState(msgspec.Struct, frozen=True, kw_only=True):
    """How one half of a peering stands, seen from its own network."""

    usable: Usable
    evidence: Evidence
    text: str = ""
    is_half: bool = False
    """Says Connected although the other network has no peering back."""


def peering_state(facts: Facts, peering: Peering) -> PeeringState:
    """Whether both halves of a peering are Connected.

    Azure rule: traffic flows only while both objects are Connected ("Create, change, or delete a
    virtual network peering", Microsoft Learn).
    """
    return facts.once("peering state", peering.id, lambda: _state(facts, peering))


def are_peerings_known(facts: Facts, network: ArmId) -> bool:
    """Whether every peering of a network was read, and says where it leads."""
    if not facts.topology.coverage.is_read(Peering.KIND, network):
        return False
    return all(one.remote is not None for one in facts.topology.peerings_of(network))


def _state(facts: Facts, peering: Peering) -> PeeringState:
    seen = Evidence(peering.id, "properties.peeringState", peering.state or None)
    if peering.is_ipv6_only:
        flag = Evidence(peering.id, "properties.enableOnlyIPv6Peering", value=True)
        return PeeringState(usable=Usable.NO, evidence=flag, text="carries IPv6 only")
    if not peering.state:
        return PeeringState(usable=Usable.UNKNOWN, evidence=seen, text="has no stated state")
    if not peering.is_connected:
        return PeeringState(
            usable=Usable.NO, evidence=seen, text=f"is {peering.state}, not Connected"
        )
    return _other_half(facts, peering, seen)


def _other_half(facts: Facts, peering: Peering, seen: Evidence) -> PeeringState:
    topology = facts.topology
    other = topology.reverse_of(peering)
    if other is not None:
        state = Evidence(other.id, "properties.peeringState", other.state or None)
        if not other.state:
            return PeeringState(usable=Usable.UNKNOWN, evidence=state, text="has no stated state")
        if not other.is_connected:
            text = f"has a reverse half that is {other.state}, not Connected"
            return PeeringState(usable=Usable.NO, evidence=state, text=text)
        return PeeringState(usable=Usable.YES, evidence=seen)
    if peering.remote is None:
        return PeeringState(usable=Usable.UNKNOWN, evidence=seen, text="names no remote network")
    if topology.get(VirtualNetwork, peering.remote) is not None:
        if not are_peerings_known(facts, peering.remote):
            text = "leads to a network whose peerings were not all read"
            return PeeringState(usable=Usable.UNKNOWN, evidence=seen, text=text)
        gone = Evidence(peering.remote, "properties.virtualNetworkPeerings", value=None)
        return PeeringState(
            usable=Usable.NO, evidence=gone, text="has no reverse half", is_half=True
        )
    if topology.ref(peering.remote, VirtualNetwork.KIND) is RefState.DANGLING:
        gone = Evidence(peering.id, "properties.remoteVirtualNetwork.id", peering.remote)
        return PeeringState(
            usable=Usable.NO, evidence=gone, text="points at a network that does not exist"
        )
    return PeeringState(usable=Usable.YES, evidence=seen, text="leads to a network not visible")


def routed_prefixes(facts: Facts, peering: Peering) -> tuple[Span, ...]:
    """The remote ranges that are routed over a peering now.

    Azure rule: routing follows remoteAddressSpace; a range that only the remote network lists is
    routed after a sync ("Update the address space for a peered virtual network").
    """
    texts = peering.remote_prefixes
    if not texts and not peering.remote_current_prefixes:
        remote = facts.topology.get(VirtualNetwork, peering.remote)
        texts = remote.prefixes if remote else ()
    return tuple(s for s in map(parse_prefix, texts) if s is not None)


def routed_space(facts: Facts, peering: Peering) -> SpanSet:
    """The same as a set."""
    return facts.once("peering space", peering.id, lambda: SpanSet(routed_prefixes(facts, peering)))


def unsynced_space(facts: Facts, peering: Peering) -> SpanSet:
    """Remote ranges that exist but are not routed until the peering is synced."""
    remote = facts.topology.get(VirtualNetwork, peering.remote)
    current = peering.remote_current_space | (remote.space if remote else SpanSet())
    return current - routed_space(facts, peering)


def subnet_lists(facts: Facts, peering: Peering) -> tuple[frozenset[str], frozenset[str]] | None:
    """The (local, remote) subnet names that a subnet peering joins; None where all are.

    Azure rule: only subnets that are listed talk; what only one side lists is not peered
    ("Configure subnet peering", Microsoft Learn).
    """
    other = facts.topology.reverse_of(peering)
    listings = []
    if not peering.is_complete:
        listings.append((_names(peering.local_subnets), _names(peering.remote_subnets)))
    if other is not None and not other.is_complete:
        listings.append((_names(other.remote_subnets), _names(other.local_subnets)))
    if not listings:
        return None
    local, remote = listings[0]
    for more_local, more_remote in listings[1:]:
        local, remote = local & more_local, remote & more_remote
    return local, remote


def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name_of(n).lower() for n in names)


def joins(facts: Facts, peering: Peering, local: ArmId | None, remote: ArmId | None) -> bool:
    """Whether a peering joins these two subnets, as far as its subnet lists say."""
    lists = facts.once("peering subnets", peering.id, lambda: subnet_lists(facts, peering))
    if lists is None:
        return True
    listed_local, listed_remote = lists
    return (local is None or name_of(local) in listed_local) and (
        remote is None or name_of(remote) in listed_remote
    )


def left_out(facts: Facts, peering: Peering, local: ArmId | None, remote: ArmId | None) -> Evidence:
    """The list of subnets that leaves one of two subnets out of a subnet peering."""
    other = facts.topology.reverse_of(peering)
    sides = [(peering, peering.local_subnets, local), (peering, peering.remote_subnets, remote)]
    if other is not None:
        sides += [(other, other.remote_subnets, local), (other, other.local_subnets, remote)]
    for index, (half, names, subnet) in enumerate(sides):
        is_listed = half.is_complete or subnet is None or name_of(subnet) in _names(names)
        if not is_listed:
            path = "localSubnetNames" if index in (0, 3) else "remoteSubnetNames"
            return Evidence(half.id, f"properties.{path}", names)
    return Evidence(peering.id, "properties.localSubnetNames", peering.local_subnets)


def peering_to(facts: Facts, network: ArmId, remote: ArmId) -> Peering | None:
    """The half in one network that points at another, or None."""
    return facts.topology.peering_between(network, remote)


def network_id(facts: Facts, subnet: ArmId | None) -> ArmId | None:
    """The id of the network that holds a subnet, or None where the subnet is not visible."""
    found = facts.topology.get(Subnet, subnet)
    return found.network if found else None
