"""What every network holds: servers, endpoints, and what stands between networks."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import route_servers
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.model.dns import DnsResolver
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId, parent_of
from pgtopo.model.network import NetworkInterface
from pgtopo.model.routing import VirtualNetworkGateway
from pgtopo.model.server import FlexibleServer


class Holding(msgspec.Struct):
    """What one network holds."""

    servers: list[FlexibleServer] = msgspec.field(default_factory=list)
    endpoints: list[PrivateEndpoint] = msgspec.field(default_factory=list)
    firewalls: list[AzureFirewall] = msgspec.field(default_factory=list)
    gateways: list[VirtualNetworkGateway] = msgspec.field(default_factory=list)
    resolvers: list[DnsResolver] = msgspec.field(default_factory=list)
    route_server: ArmId | None = None
    appliances: list[NetworkInterface] = msgspec.field(default_factory=list)
    """Interfaces that forward."""

    @property
    def forwards(self) -> bool:
        """Whether something in it passes on what comes from elsewhere."""
        return bool(self.firewalls or self.gateways or self.appliances or self.route_server)

    @property
    def is_hub_like(self) -> bool:
        """Whether it holds what hubs hold."""
        return bool(self.firewalls or self.gateways or self.route_server)


_NOTHING = Holding()


class Holdings:
    """The holdings of all networks."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._of: dict[ArmId, Holding] = {}
        self._fill()

    def of(self, network: ArmId) -> Holding:
        """What a network holds; nothing where it is not known."""
        return self._of.get(network, _NOTHING)

    def networks(self) -> tuple[ArmId, ...]:
        """Every network that holds something."""
        return tuple(self._of)

    def _at(self, network: ArmId) -> Holding:
        return self._of.setdefault(network, Holding())

    def _home(self, subnet: ArmId | None) -> ArmId | None:
        """The network of a subnet, by its id where the subnet itself was not read."""
        if subnet is None:
            return None
        return network_id(self._facts, subnet) or parent_of(subnet)

    def _fill(self) -> None:
        topology = self._facts.topology
        for server in topology.all(FlexibleServer):
            if (home := self._home(server.subnet)) is not None:
                self._at(home).servers.append(server)
        for endpoint in topology.all(PrivateEndpoint):
            if (home := self._home(endpoint.subnet)) is not None and _is_for_server(endpoint):
                self._at(home).endpoints.append(endpoint)
        for resolver in topology.all(DnsResolver):
            if resolver.network is not None:
                self._at(resolver.network).resolvers.append(resolver)
        self._fill_between()
        self._fill_appliances()

    def _fill_between(self) -> None:
        topology = self._facts.topology
        for firewall in topology.all(AzureFirewall):
            for home in self._homes(firewall.subnets):
                self._at(home).firewalls.append(firewall)
        for gateway in topology.all(VirtualNetworkGateway):
            for home in self._homes(gateway.subnets):
                self._at(home).gateways.append(gateway)
        for network, server_id in route_servers(self._facts).items():
            self._at(network).route_server = server_id

    def _homes(self, subnets: tuple[ArmId, ...]) -> list[ArmId]:
        return sorted({home for one in subnets if (home := self._home(one)) is not None})

    def _fill_appliances(self) -> None:
        for nic in self._facts.topology.all(NetworkInterface):
            if nic.has_ip_forwarding and nic.configurations:
                home = self._home(nic.configurations[0].subnet)
                if home is not None:
                    self._at(home).appliances.append(nic)


def _is_for_server(endpoint: PrivateEndpoint) -> bool:
    """Whether it leads to a flexible server; other services are not drawn."""
    return any(
        one.target is not None and FlexibleServer.KIND in one.target for one in endpoint.connections
    )


def holdings(facts: Facts) -> Holdings:
    """What every network of the estate holds."""
    return facts.once("map holdings", 0, lambda: Holdings(facts))
