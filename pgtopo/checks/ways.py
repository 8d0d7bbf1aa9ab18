"""What paths of others may pass, or ask for names, on their way through an estate."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from pgtopo.model.avnm import EffectiveConnectivity
from pgtopo.model.dns import ForwardingRule, InboundEndpoint, OutboundEndpoint, RecordSet
from pgtopo.model.firewall import AzureFirewall, FirewallPolicy
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.net import SpanSet, parse_address
from pgtopo.model.network import LoadBalancer, NetworkInterface, Peering, Subnet, VirtualNetwork
from pgtopo.model.routing import (
    HubConnection,
    HubIpConfiguration,
    RouteTable,
    VirtualNetworkGateway,
)
from pgtopo.model.topology import Topology

_SPECIAL = frozenset({"gatewaysubnet", "routeserversubnet", "azurefirewallsubnet"})


class Ways:
    """The subnets and networks of an estate through which paths of others may lead."""

    def __init__(self, topology: Topology) -> None:
        self._topology = topology

    def is_passed(self, subnet: ArmId) -> bool:
        """Whether something in a subnet may pass packets on, or answer for names."""
        held = self._topology.get(Subnet, subnet)
        if held is None or subnet in self._holders or held.name.lower() in _SPECIAL:
            return True
        return not held.space or self._is_spoken_of(held.space)

    def is_crossed(self, network: ArmId) -> bool:
        """Whether paths between other networks may cross one, or take its ranges for theirs."""
        held = self._topology.get(VirtualNetwork, network)
        if held is None or network in self._networks or not held.space:
            return True
        return self._is_spoken_of(held.space)

    @cached_property
    def has_aliases(self) -> bool:
        """Whether any record leads to another name."""
        return any(one.target for one in self._topology.all(RecordSet))

    @cached_property
    def groups_at_interfaces(self) -> frozenset[ArmId]:
        """The security groups of single interfaces."""
        held = (one.nsg for one in self._topology.all(NetworkInterface))
        return frozenset(one for one in held if one is not None)

    @cached_property
    def _holders(self) -> frozenset[ArmId]:
        """Subnets with something that passes packets on, or answers for names."""
        found = (*_holding(self._topology), *_behind(self._topology, frozenset(self._addresses)))
        return frozenset(one for one in found if one is not None)

    @cached_property
    def _networks(self) -> frozenset[ArmId]:
        topology = self._topology
        found = {ancestor(one, "virtualnetworks") for one in self._holders}
        found |= {one.network for one in topology.all(HubConnection)}
        found |= {one.network for one in topology.all(EffectiveConnectivity) if one.configurations}
        found |= {one.network for one in topology.all(Subnet) if one.name.lower() in _SPECIAL}
        return frozenset(one for one in (*found, *_overlapping(topology)) if one is not None)

    @cached_property
    def _addresses(self) -> list[int]:
        found = (parse_address(one) for one in set(_spoken_of(self._topology)) if one)
        return sorted(one for one in found if one is not None)

    def _is_spoken_of(self, space: SpanSet) -> bool:
        known = self._addresses
        return any(bisect_left(known, low) < bisect_right(known, high) for low, high in space.spans)


def _holding(topology: Topology) -> Iterator[ArmId | None]:
    for firewall in topology.all(AzureFirewall):
        yield from firewall.subnets
    for gateway in topology.all(VirtualNetworkGateway):
        yield from gateway.subnets
    for inbound in topology.all(InboundEndpoint):
        yield from inbound.subnets
    yield from (one.subnet for one in topology.all(OutboundEndpoint))
    yield from (one.subnet for one in topology.all(HubIpConfiguration))
    for nic in topology.all(NetworkInterface):
        if nic.has_ip_forwarding:
            yield from (one.subnet for one in nic.configurations)


def _behind(topology: Topology, spoken_of: frozenset[int]) -> Iterator[ArmId | None]:
    """Subnets of machines that balancers hand such addresses on to, or with more interfaces."""
    backends = {
        backend
        for balancer in topology.all(LoadBalancer)
        if any(one.address in spoken_of for one in balancer.frontends)
        for backend in balancer.backends
    }
    machines = {
        nic.vm
        for nic in topology.all(NetworkInterface)
        if any(one.address in spoken_of or one.id in backends for one in nic.configurations)
    }
    for nic in topology.all(NetworkInterface):
        is_behind = nic.vm is not None and nic.vm in machines
        if is_behind or any(one.id in backends for one in nic.configurations):
            yield from (one.subnet for one in nic.configurations)


def _spoken_of(topology: Topology) -> Iterator[str]:
    """The addresses that routes lead to, and that clients and forwarders ask for names."""
    for table in topology.all(RouteTable):
        for route in table.routes:
            yield from (route.hop_ip, *route.hop_ips)
    for network in topology.all(VirtualNetwork):
        yield from network.dns_servers
    for nic in topology.all(NetworkInterface):
        yield from (*nic.dns_servers, *nic.applied_dns_servers)
    for firewall in topology.all(AzureFirewall):
        yield from firewall.dns_servers
    for policy in topology.all(FirewallPolicy):
        yield from policy.dns_servers
    for rule in topology.all(ForwardingRule):
        yield from rule.targets


def _overlapping(topology: Topology) -> Iterator[ArmId]:
    """Networks with ranges, as stated there or by a peering, that others have, too."""
    ranges = [(s.low, s.high, n.id) for n in topology.all(VirtualNetwork) for s in n.space.spans]
    for peering in topology.all(Peering):
        if peering.remote is not None:
            space = peering.remote_space | peering.remote_current_space
            ranges += [(s.low, s.high, peering.remote) for s in space.spans]
    end, owner = -1, None
    for low, high, network in sorted(ranges):
        if low <= end and network != owner and owner is not None:
            yield from (network, owner)
        if high > end:
            end, owner = high, network
