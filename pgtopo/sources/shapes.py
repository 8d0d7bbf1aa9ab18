"""Wire shapes that several kinds share: what appears inside a parent and as a row of its own."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from pgtopo.model.ids import name_of
from pgtopo.model.nsg import IdRef, Wire
from pgtopo.sources.kind import Row

T = TypeVar("T")


def present(items: Iterable[T | None] | None) -> list[T]:
    """A list without its null elements; empty where there is no list."""
    return [item for item in items if item is not None] if items else []


def texts(items: Iterable[str | None] | None) -> tuple[str, ...]:
    """The texts of a list as written, without null and empty ones."""
    return tuple([item for item in items if item]) if items else ()


def domain(text: str | None) -> str:
    """A DNS name in lower case without its trailing dot."""
    return text.strip().lower().rstrip(".") if text else ""


def children(
    row: Row[Any], rows: Iterable[Row[Any] | None] | None, segment: str
) -> list[tuple[str, Row[Any]]]:
    """Rows nested in a row, each with its own id or one made from its name.

    A child with neither an id nor a name cannot be told apart and is left out.
    """
    found: list[tuple[str, Row[Any]]] = []
    for child in rows or ():
        if child is None:
            continue
        if child.id and child.name:
            found.append((child.id, child))
        elif child.id or child.name:
            text = child.id or f"{row.id}/{segment}/{child.name}"
            name = child.name or name_of(text)
            found.append((text, Row(id=text, name=name, properties=child.properties)))
    return found


class AddressSpace(Wire, frozen=True):
    """A list of prefixes."""

    address_prefixes: list[str | None] | None = None

    def texts(self) -> tuple[str, ...]:
        """The prefixes as written."""
        return texts(self.address_prefixes)


class DelegationProperties(Wire, frozen=True):
    """To which service a subnet is delegated."""

    service_name: str | None = None


class ServiceEndpointWire(Wire, frozen=True):
    """A service endpoint of a subnet."""

    service: str | None = None
    locations: list[str | None] | None = None


class ServiceLinkProperties(Wire, frozen=True):
    """Which service is injected."""

    linked_resource_type: str | None = None
    link: str | None = None


class SubnetProperties(Wire, frozen=True):
    """The properties of a subnet."""

    address_prefix: str | None = None
    address_prefixes: list[str | None] | None = None
    network_security_group: IdRef | None = None
    route_table: IdRef | None = None
    nat_gateway: IdRef | None = None
    delegations: list[Row[DelegationProperties] | None] | None = None
    service_endpoints: list[ServiceEndpointWire | None] | None = None
    private_endpoint_network_policies: str | None = None
    default_outbound_access: bool | None = None
    ip_configurations: list[IdRef | None] | None = None
    private_endpoints: list[IdRef | None] | None = None
    service_association_links: list[Row[ServiceLinkProperties] | None] | None = None
    resource_navigation_links: list[Row[ServiceLinkProperties] | None] | None = None


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
    local_subnet_names: list[str | None] | None = None
    remote_subnet_names: list[str | None] | None = None
    has_only_ipv6: bool | None = msgspec.field(default=None, name="enableOnlyIPv6Peering")


class ConnectionState(Wire, frozen=True):
    """Whether a private endpoint connection is approved."""

    status: str | None = None


class EndpointConnectionProperties(Wire, frozen=True):
    """The properties of the server's side of a private endpoint."""

    private_endpoint: IdRef | None = None
    group_ids: list[str | None] | None = None
    private_link_service_connection_state: ConnectionState | None = None


CONNECTION_WORDS = frozenset({"approved", "pending", "rejected", "disconnected", "timeout"})
"""States of a private endpoint connection, seen from either side."""
