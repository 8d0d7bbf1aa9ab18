"""Networks that Virtual Network Manager joins without peering objects.

Azure rule: networks of a mesh, or of a hub-and-spoke group with direct connectivity, reach each
other with next hop ConnectedGroup ("Connectivity configuration in Azure Virtual Network Manager").
"""

from pgtopo.analysis.facts import Facts
from pgtopo.model.avnm import ConnectivityGroup, EffectiveConnectivity
from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork

Membership = tuple[str, str, str]
"""(configuration or group, kind of join, region or empty where the join is global)."""


def connected_networks(facts: Facts, network: ArmId) -> tuple[ArmId, ...]:
    """The networks a network shares a connected group with, in order."""
    mine = _memberships(facts).get(network, frozenset())
    if not mine:
        return ()
    members = facts.once("connected members", 0, lambda: _members(facts))
    return tuple(sorted({n for m in mine for n in members[m] if n != network}))


def memberships_of(facts: Facts, network: ArmId) -> tuple[Membership, ...]:
    """The connected groups a network is in, in order."""
    return tuple(sorted(_memberships(facts).get(network, ())))


def members_of(facts: Facts, membership: Membership) -> tuple[ArmId, ...]:
    """The networks of a connected group, in order."""
    members = facts.once("connected members", 0, lambda: _members(facts))
    return tuple(sorted(members.get(membership, ())))


def is_connectivity_read(facts: Facts, network: ArmId) -> bool:
    """Whether connected groups of a network would be visible if there were any."""
    return facts.topology.coverage.is_read(EffectiveConnectivity.KIND, network)


def _memberships(facts: Facts) -> dict[ArmId, frozenset[Membership]]:
    return facts.once("connected memberships", 0, lambda: _all_memberships(facts))


def _all_memberships(facts: Facts) -> dict[ArmId, frozenset[Membership]]:
    found: dict[ArmId, frozenset[Membership]] = {}
    for row in facts.topology.all(EffectiveConnectivity):
        network = facts.topology.get(VirtualNetwork, row.network)
        region = network.location if network else ""
        groups = {g for c in row.configurations for g in _joins(facts, row.network, c, region)}
        if groups:
            found[row.network] = frozenset(groups)
    return found


def _joins(
    facts: Facts, network: ArmId, configuration: ConnectivityGroup, region: str
) -> list[Membership]:
    where = "" if configuration.is_global else region
    if configuration.topology.lower() == "mesh":
        whole = configuration.configuration or "|".join(sorted(g for g, _ in configuration.groups))
        return [(whole, "mesh", where)]
    held = facts.topology.memberships_of(network)
    direct = [g for g, how in configuration.groups if how.lower() == "directlyconnected"]
    if held is not None:
        direct = [g for g in direct if g in held.groups]
    return [(group, "direct", where) for group in direct if network not in configuration.hubs]


def _members(facts: Facts) -> dict[Membership, list[ArmId]]:
    members: dict[Membership, list[ArmId]] = {}
    for network, groups in _memberships(facts).items():
        for group in groups:
            members.setdefault(group, []).append(network)
    return members
