"""Flexible servers, in today's body and in that of the first previews.

The previews kept the subnet in `delegatedSubnetArguments`, the zone in `privateDnsZoneArguments`
and public access at the root of the properties.
"""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.server import EndpointConnection, FlexibleServer, server_mode
from pgtopo.sources.kind import Built, Edge, Kind, Nested, Row, Sku, Wire
from pgtopo.sources.shapes import EndpointConnectionProperties, children, domain


class Network(Wire, frozen=True):
    """How the server is attached to the network."""

    delegated_subnet_resource_id: str | None = None
    private_dns_zone_arm_resource_id: str | None = None
    public_network_access: str | None = None


class SubnetArguments(Wire, frozen=True):
    """The subnet, in preview bodies."""

    subnet_arm_resource_id: str | None = None


class ZoneArguments(Wire, frozen=True):
    """The private zone, in preview bodies."""

    private_dns_zone_arm_resource_id: str | None = None


class Availability(Wire, frozen=True):
    """High availability as set, and as it stands."""

    mode: str | None = None
    state: str | None = None
    standby_availability_zone: str | None = None


class Replica(Wire, frozen=True):
    """The server's part in replication."""

    role: str | None = None
    replication_state: str | None = None


class Auth(Wire, frozen=True):
    """Which ways to sign in are on."""

    active_directory_auth: str | None = None
    password_auth: str | None = None


class Backup(Wire, frozen=True):
    """Where backups go."""

    geo_redundant_backup: str | None = None


class Encryption(Wire, frozen=True):
    """Whose key encrypts the data, and whether it is usable."""

    type: str | None = None
    primary_encryption_key_status: str | None = None


class Cluster(Wire, frozen=True):
    """The size of an elastic cluster."""

    cluster_size: int | None = None


class Window(Wire, frozen=True):
    """When maintenance may take place."""

    custom_window: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a flexible server."""

    state: str | None = None
    fully_qualified_domain_name: str | None = None
    version: str | None = None
    minor_version: str | None = None
    network: Network | None = None
    high_availability: Availability | None = None
    availability_zone: str | None = None
    replication_role: str | None = None
    replica: Replica | None = None
    source_server_resource_id: str | None = None
    auth_config: Auth | None = None
    private_endpoint_connections: list[Row[EndpointConnectionProperties] | None] | None = None
    backup: Backup | None = None
    data_encryption: Encryption | None = None
    cluster: Cluster | None = None
    maintenance_window: Window | None = None
    # Preview bodies:
    delegated_subnet_arguments: SubnetArguments | None = None
    private_dns_zone_arguments: ZoneArguments | None = None
    public_network_access: str | None = None
    ha_enabled: str | None = None
    ha_state: str | None = None
    standby_availability_zone: str | None = None
    storage_profile: Backup | None = None


_ACCESS = frozenset({"enabled", "disabled"})
_ROLES = frozenset({"none", "primary", "asyncreplica", "geoasyncreplica"})
_HA_MODES = frozenset({"disabled", "enabled", "samezone", "zoneredundant"})
_STATES = frozenset(
    {
        *("ready", "dropping", "disabled", "starting", "stopping", "stopped", "updating"),
        *("restarting", "inaccessible", "provisioning"),
    }
)


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The server, then the private endpoint connections it lists."""
    found = row.properties or Properties()
    listed = found.private_endpoint_connections
    connections = children(row, listed, "privateEndpointConnections")
    sku = row.sku or Sku()
    auth = found.auth_config or Auth()
    encryption = found.data_encryption or Encryption()
    backup = found.backup or found.storage_profile or Backup()
    yield FlexibleServer(
        **edge.base(row),
        **_network(found, edge, has_endpoint=bool(connections)),
        **_availability(found, edge),
        **_replication(found, edge),
        state=edge.word(found.state, _STATES, "properties.state"),
        fqdn=domain(found.fully_qualified_domain_name),
        version=found.version or "",
        minor_version=found.minor_version or "",
        sku=sku.name or sku.name_capital or "",
        tier=sku.tier or sku.tier_capital or "",
        entra_auth=auth.active_directory_auth or "",
        password_auth=auth.password_auth or "",
        connections=None if listed is None else tuple(edge.ids.fold(i) for i, _ in connections),
        geo_backup=backup.geo_redundant_backup or "",
        encryption=encryption.type or "",
        key_status=encryption.primary_encryption_key_status or "",
        cluster_size=(found.cluster.cluster_size or 0) if found.cluster else 0,
        custom_window=(found.maintenance_window or Window()).custom_window or "",
        is_preview_body=_is_preview(found),
        tags={key: str(value) for key, value in row.tags.items()} if row.tags else {},
    )
    for _, child in connections:
        yield Nested(EndpointConnection.KIND, child)


def _network(found: Properties, edge: Edge, *, has_endpoint: bool) -> dict[str, Any]:
    network = found.network or Network()
    older_subnet = found.delegated_subnet_arguments or SubnetArguments()
    older_zone = found.private_dns_zone_arguments or ZoneArguments()
    subnet = edge.fold(
        network.delegated_subnet_resource_id or older_subnet.subnet_arm_resource_id,
        "properties.network.delegatedSubnetResourceId",
    )
    access = edge.word(
        network.public_network_access or found.public_network_access,
        _ACCESS,
        "properties.network.publicNetworkAccess",
    )
    return {
        "mode": server_mode(subnet, has_endpoint=has_endpoint, public_access=access),
        "subnet": subnet,
        "zone": edge.fold(
            network.private_dns_zone_arm_resource_id or older_zone.private_dns_zone_arm_resource_id,
            "properties.network.privateDnsZoneArmResourceId",
        ),
        "public_access": access,
    }


def _is_preview(found: Properties) -> bool:
    """Whether the body has fields that only the first previews had."""
    return (
        found.delegated_subnet_arguments is not None
        or found.storage_profile is not None
        or found.ha_enabled is not None
    )


def _availability(found: Properties, edge: Edge) -> dict[str, Any]:
    held = found.high_availability or Availability(
        mode=found.ha_enabled,
        state=found.ha_state,
        standby_availability_zone=found.standby_availability_zone,
    )
    return {
        "ha_mode": edge.word(held.mode, _HA_MODES, "properties.highAvailability.mode"),
        "ha_state": held.state or "",
        "availability_zone": found.availability_zone or "",
        "standby_zone": held.standby_availability_zone or "",
    }


def _replication(found: Properties, edge: Edge) -> dict[str, Any]:
    replica = found.replica or Replica()
    return {
        "role": edge.word(
            found.replication_role or replica.role, _ROLES, "properties.replicationRole"
        ),
        "replication_state": replica.replication_state or "",
        "source_server": edge.fold(
            found.source_server_resource_id, "properties.sourceServerResourceId"
        ),
    }


KIND = Kind(
    arm_type=FlexibleServer.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.DBforPostgreSQL/flexibleServers/read",
    summary="state, network, zone, high availability, replication, sign-in, encryption",
)
