"""Private endpoints."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.endpoint import PrivateEndpoint, ServiceConnection
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import CONNECTION_WORDS, ConnectionState, domain, present, texts


class ConnectionProperties(Wire, frozen=True):
    """What an endpoint connects to, and whether the owner agreed."""

    private_link_service_id: str | None = None
    group_ids: list[str | None] | None = None
    private_link_service_connection_state: ConnectionState | None = None


class DnsConfig(Wire, frozen=True):
    """A name Azure proposes for the endpoint."""

    fqdn: str | None = None
    ip_addresses: list[str | None] | None = None


class StaticAddress(Wire, frozen=True):
    """An address fixed by the endpoint's owner."""

    address: str | None = msgspec.field(default=None, name="privateIPAddress")
    address_plain: str | None = msgspec.field(default=None, name="privateIpAddress")


class Properties(Wire, frozen=True):
    """The properties of a private endpoint."""

    subnet: IdRef | None = None
    network_interfaces: list[IdRef | None] | None = None
    private_link_service_connections: list[Row[ConnectionProperties] | None] | None = None
    manual_private_link_service_connections: list[Row[ConnectionProperties] | None] | None = None
    provisioning_state: str | None = None
    custom_dns_configs: list[DnsConfig | None] | None = None
    ip_configurations: list[Row[StaticAddress] | None] | None = None
    application_security_groups: list[IdRef | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The endpoint with its connections, automatic and manual."""
    found = row.properties or Properties()
    automatic = present(found.private_link_service_connections)
    manual = present(found.manual_private_link_service_connections)
    head = edge.head(row)
    yield PrivateEndpoint(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        subnet=edge.ref(found.subnet, "properties.subnet.id"),
        nics=edge.refs(found.network_interfaces, "properties.networkInterfaces.id"),
        connections=(
            *(_connection(one, edge, is_manual=False) for one in automatic),
            *(_connection(one, edge, is_manual=True) for one in manual),
        ),
        provisioning=found.provisioning_state or "",
        dns_configs=tuple(
            (domain(one.fqdn), texts(one.ip_addresses)) for one in present(found.custom_dns_configs)
        ),
        static_addresses=_static(found),
        asgs=edge.refs(
            found.application_security_groups, "properties.applicationSecurityGroups.id"
        ),
    )


def _connection(
    row: Row[ConnectionProperties], edge: Edge, *, is_manual: bool
) -> ServiceConnection:
    found = row.properties or ConnectionProperties()
    state = found.private_link_service_connection_state
    path = "properties.privateLinkServiceConnections"
    return ServiceConnection(
        target=edge.fold(found.private_link_service_id, f"{path}.privateLinkServiceId"),
        groups=texts(found.group_ids),
        status=edge.word(state.status if state else None, CONNECTION_WORDS, f"{path}.status"),
        is_manual=is_manual,
    )


def _static(found: Properties) -> tuple[str, ...]:
    if not found.ip_configurations:
        return ()
    held = [one.properties for one in present(found.ip_configurations) if one.properties]
    return texts(one.address or one.address_plain for one in held)


KIND = Kind(
    arm_type=PrivateEndpoint.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/privateEndpoints/read",
    summary="subnet, interface, target service, approval, proposed names",
)
