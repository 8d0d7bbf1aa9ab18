"""Wire shapes that several kinds share: what appears inside a parent and as a row of its own."""

from pgtopo.model.nsg import IdRef, Wire
from pgtopo.sources.kind import Row


class AddressSpace(Wire, frozen=True):
    """A list of prefixes."""

    address_prefixes: list[str] | None = None

    def texts(self) -> tuple[str, ...]:
        """The prefixes as written."""
        return tuple(self.address_prefixes or ())


class DelegationProperties(Wire, frozen=True):
    """To which service a subnet is delegated."""

    service_name: str | None = None


class ServiceEndpointWire(Wire, frozen=True):
    """A service endpoint of a subnet."""

    service: str | None = None
    locations: list[str] | None = None


class ServiceLinkProperties(Wire, frozen=True):
    """Which service is injected."""

    linked_resource_type: str | None = None
    link: str | None = None


class SubnetProperties(Wire, frozen=True):
    """The properties of a subnet."""

    address_prefix: str | None = None
    address_prefixes: list[str] | None = None
    network_security_group: IdRef | None = None
    route_table: IdRef | None = None
    nat_gateway: IdRef | None = None
    delegations: list[Row[DelegationProperties]] | None = None
    service_endpoints: list[ServiceEndpointWire] | None = None
    private_endpoint_network_policies: str | None = None
    default_outbound_access: bool | None = None
    ip_configurations: list[IdRef] | None = None
    private_endpoints: list[IdRef] | None = None
    service_association_links: list[Row[ServiceLinkProperties]] | None = None
    resource_navigation_links: list[Row[ServiceLinkProperties]] | None = None


class PeeringProperties(Wire, frozen=True):
    """The properties of one half of a peering."""

    remote_virtual_network: IdRef | None = None
    peering_state: str | None = None
    peering_sync_level: str | None = None
    remote_address_space: AddressSpace | None = None
    remote_virtual_network_address_space: AddressSpace | None = None
    allow_virtual_network_access: bool | None = None
    allow_forwarded_traffic: bool | None = None
    allow_gateway_transit: bool | None = None
    use_remote_gateways: bool | None = None
    peer_complete_vnets: bool | None = None
    local_subnet_names: list[str] | None = None
    remote_subnet_names: list[str] | None = None
    enable_only_ipv6_peering: bool | None = None


class ConnectionState(Wire, frozen=True):
    """Whether a private endpoint connection is approved."""

    status: str | None = None
    description: str | None = None


class EndpointConnectionProperties(Wire, frozen=True):
    """The properties of the server's side of a private endpoint."""

    private_endpoint: IdRef | None = None
    group_ids: list[str] | None = None
    private_link_service_connection_state: ConnectionState | None = None
