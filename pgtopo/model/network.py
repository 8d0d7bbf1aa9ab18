"""Virtual networks, subnets, peerings, and the things that sit in subnets."""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet, is_ipv6, parse_prefix


class VirtualNetwork(Resource, frozen=True, kw_only=True):
    """One virtual network; its subnets and peerings are resources of their own."""

    KIND: ClassVar[str] = "microsoft.network/virtualnetworks"

    prefixes: tuple[str, ...] = ()
    """As written, IPv6 included."""
    space: SpanSet = EMPTY
    """The IPv4 address space."""
    dns_servers: tuple[str, ...] = ()
    """Empty means Azure-provided DNS."""
    subnets: tuple[ArmId, ...] = ()
    peerings: tuple[ArmId, ...] = ()
    provisioning: str = ""


class ServiceEndpoint(msgspec.Struct, frozen=True, gc=False):
    """A service endpoint of a subnet."""

    service: str
    locations: tuple[str, ...] = ()
    """Lower case; `*` for all; empty where the row does not say."""


class ServiceLink(msgspec.Struct, frozen=True, gc=False):
    """A service association or resource navigation link: an injected service lives here."""

    linked_type: str
    link: str = ""


class Subnet(Resource, frozen=True, kw_only=True):
    """One subnet."""

    KIND: ClassVar[str] = "microsoft.network/virtualnetworks/subnets"

    network: ArmId
    prefixes: tuple[str, ...] = ()
    """Union of the singular and plural fields, as written, IPv6 included."""
    space: SpanSet = EMPTY
    """The IPv4 ranges."""
    nsg: ArmId | None = None
    route_table: ArmId | None = None
    nat_gateway: ArmId | None = None
    delegations: tuple[str, ...] = ()
    """Service names as written."""
    service_endpoints: tuple[ServiceEndpoint, ...] = ()
    endpoint_policies: str = ""
    """privateEndpointNetworkPolicies as written; empty means Disabled."""
    default_outbound: bool | None = None
    ip_configurations: tuple[ArmId, ...] = ()
    private_endpoints: tuple[ArmId, ...] = ()
    service_links: tuple[ServiceLink, ...] = ()

    @property
    def is_pg_delegated(self) -> bool:
        """Whether the subnet is delegated to flexible servers."""
        return bool(self.delegations) and PG_DELEGATION in map(str.lower, self.delegations)

    @property
    def unread_prefixes(self) -> tuple[str, ...]:
        """The prefixes that are neither IPv4 nor IPv6, and so tell nothing."""
        return tuple(
            text for text in self.prefixes if parse_prefix(text) is None and not is_ipv6(text)
        )


PG_DELEGATION = "microsoft.dbforpostgresql/flexibleservers"
RESOLVER_DELEGATION = "microsoft.network/dnsresolvers"

RESERVED_SUBNETS = {
    "gatewaysubnet": "gateway",
    "azurefirewallsubnet": "firewall",
    "azurefirewallmanagementsubnet": "firewall",
    "azurebastionsubnet": "bastion",
    "routeserversubnet": "route server",
}
"""Subnet names that Azure keeps for one service each, in lower case."""


class Peering(Resource, frozen=True, kw_only=True):
    """One half of a peering: the object that lives in `network`."""

    KIND: ClassVar[str] = "microsoft.network/virtualnetworks/virtualnetworkpeerings"

    network: ArmId
    remote: ArmId | None = None
    state: str = ""
    """Initiated, Connected or Disconnected, as seen; empty where the row does not say."""
    sync_level: str = ""
    remote_prefixes: tuple[str, ...] = ()
    remote_space: SpanSet = EMPTY
    """What is routed now (remoteAddressSpace)."""
    remote_current_prefixes: tuple[str, ...] = ()
    remote_current_space: SpanSet = EMPTY
    """The remote network's ranges as Azure last saw them (remoteVirtualNetworkAddressSpace)."""
    allows_access: bool = True
    allows_forwarded: bool = False
    is_forwarded_stated: bool = True
    """False where the row says nothing of forwarded traffic."""
    allows_gateway_transit: bool = False
    uses_remote_gateways: bool = False
    is_complete: bool = True
    """False where only listed subnets are peered."""
    local_subnets: tuple[str, ...] = ()
    remote_subnets: tuple[str, ...] = ()
    is_ipv6_only: bool = False

    @property
    def is_connected(self) -> bool:
        """Whether this half says Connected."""
        return self.state.lower() == "connected"


class IpConfiguration(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One address of a network interface."""

    id: ArmId | None = None
    address: int | None = None
    """IPv4 only; None where the row has none or it is IPv6."""
    subnet: ArmId | None = None
    public_ip: ArmId | None = None
    asgs: tuple[ArmId, ...] = ()
    is_primary: bool = True
    fqdns: tuple[str, ...] = ()
    """Names of a private endpoint's interface."""


class NetworkInterface(Resource, frozen=True, kw_only=True):
    """One network interface."""

    KIND: ClassVar[str] = "microsoft.network/networkinterfaces"

    vm: ArmId | None = None
    private_endpoint: ArmId | None = None
    nsg: ArmId | None = None
    has_ip_forwarding: bool = False
    is_forwarding_stated: bool = True
    """False where the row says nothing of IP forwarding."""
    dns_servers: tuple[str, ...] = ()
    """As written; `AzureProvidedDNS` forces Azure DNS."""
    applied_dns_servers: tuple[str, ...] = ()
    configurations: tuple[IpConfiguration, ...] = ()


class VirtualMachine(Resource, frozen=True, kw_only=True):
    """One virtual machine: only what the network needs."""

    KIND: ClassVar[str] = "microsoft.compute/virtualmachines"

    nics: tuple[ArmId, ...] = ()
    power_state: str = ""
    """`PowerState/running` and the like; empty where the row does not say."""


class PublicIp(Resource, frozen=True, kw_only=True):
    """One public address."""

    KIND: ClassVar[str] = "microsoft.network/publicipaddresses"

    address: str = ""
    configuration: ArmId | None = None
    """The IP configuration it is attached to."""


class PublicIpPrefix(Resource, frozen=True, kw_only=True):
    """A block of public addresses."""

    KIND: ClassVar[str] = "microsoft.network/publicipprefixes"

    prefix: str = ""


class NatGateway(Resource, frozen=True, kw_only=True):
    """One NAT gateway: the outbound address of its subnets."""

    KIND: ClassVar[str] = "microsoft.network/natgateways"

    public_ips: tuple[ArmId, ...] = ()
    public_prefixes: tuple[ArmId, ...] = ()
    subnets: tuple[ArmId, ...] = ()


class Frontend(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One front end of a load balancer."""

    id: ArmId | None = None
    address: int | None = None
    subnet: ArmId | None = None
    public_ip: ArmId | None = None


class LoadBalancer(Resource, frozen=True, kw_only=True):
    """One load balancer: its front ends may be next hops, its outbound rules give egress."""

    KIND: ClassVar[str] = "microsoft.network/loadbalancers"

    sku: str = ""
    frontends: tuple[Frontend, ...] = ()
    backends: tuple[ArmId, ...] = ()
    """IP configurations in its pools."""
    outbound_frontends: tuple[ArmId, ...] = ()


class SubnetUsage(Resource, frozen=True, kw_only=True):
    """How many addresses Azure itself counts as used in a subnet."""

    KIND: ClassVar[str] = "pgtopo/subnetusage"

    subnet: ArmId
    used: int = 0
    source: str = ""
    """`usages` or `check_subnet_usage`."""
