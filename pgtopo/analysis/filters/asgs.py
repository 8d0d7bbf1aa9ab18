"""Which addresses belong to which application security group.

Azure rule: all interfaces of a group are in one virtual network, and a rule that names a group
applies to its interfaces only ("Application security groups", Microsoft Learn).
"""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet
from pgtopo.model.network import NetworkInterface

Members = dict[ArmId, dict[ArmId, SpanSet]]


def members(facts: Facts, network: ArmId | None, groups: frozenset[ArmId]) -> SpanSet:
    """The addresses in one network that belong to any of these groups."""
    if network is None:
        return EMPTY
    held = _index(facts).get(network, {})
    found = EMPTY
    for group in groups:
        found |= held.get(group, EMPTY)
    return found


def are_members_read(facts: Facts, network: ArmId) -> bool:
    """Whether every interface of a network was read, so that absence of membership is a fact."""
    return facts.topology.coverage.is_read(NetworkInterface.KIND, network)


def _index(facts: Facts) -> Members:
    return facts.once("asg members", 0, lambda: _build(facts))


def _build(facts: Facts) -> Members:
    spans: dict[ArmId, dict[ArmId, list[tuple[int, int]]]] = {}

    def add(subnet: ArmId | None, address: int | None, groups: tuple[ArmId, ...]) -> None:
        home = network_id(facts, subnet)
        if home is None or address is None:
            return
        for group in groups:
            spans.setdefault(home, {}).setdefault(group, []).append((address, address))

    for nic in facts.topology.all(NetworkInterface):
        endpoint = facts.topology.get(PrivateEndpoint, nic.private_endpoint)
        extra = endpoint.asgs if endpoint else ()
        for configuration in nic.configurations:
            groups = tuple(dict.fromkeys(configuration.asgs + extra))
            add(configuration.subnet, configuration.address, groups)
    return {n: {g: SpanSet(s) for g, s in held.items()} for n, held in spans.items()}
