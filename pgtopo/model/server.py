"""Flexible servers and what hangs below them."""

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.net import Span


class Mode(Enum):
    """How clients get to a server.

    Azure rule: a server is injected into a delegated subnet or has public access, chosen when it
    is made ("Networking overview", Azure Database for PostgreSQL documentation).
    """

    VNET = "vnet"
    PUBLIC = "public"
    PRIVATE_ENDPOINT = "private_endpoint"
    UNKNOWN = "unknown"


class EndpointConnection(Resource, frozen=True, kw_only=True):
    """The server's side of one private endpoint."""

    KIND: ClassVar[str] = "microsoft.dbforpostgresql/flexibleservers/privateendpointconnections"

    server: ArmId
    endpoint: ArmId | None = None
    groups: tuple[str, ...] = ()
    status: str = ""
    """Approved, Pending, Rejected or Disconnected, as seen."""
    is_contradicted: bool = False
    """The server's own list and the connection's row state different things."""


class FlexibleServer(Resource, frozen=True, kw_only=True):
    """One Azure Database for PostgreSQL flexible server."""

    KIND: ClassVar[str] = "microsoft.dbforpostgresql/flexibleservers"

    mode: Mode = Mode.UNKNOWN
    state: str = ""
    """Ready, Stopped, ... as seen; empty where the row does not say."""
    fqdn: str = ""
    """Lower case; empty where the row does not say."""
    version: str = ""
    minor_version: str = ""
    sku: str = ""
    tier: str = ""
    """Burstable, GeneralPurpose or MemoryOptimized, as seen."""
    subnet: ArmId | None = None
    zone: ArmId | None = None
    public_access: str = ""
    """Enabled or Disabled as seen; empty where the row does not say."""
    ha_mode: str = ""
    ha_state: str = ""
    availability_zone: str = ""
    standby_zone: str = ""
    role: str = ""
    """None, Primary, AsyncReplica or GeoAsyncReplica, as seen."""
    replication_state: str = ""
    source_server: ArmId | None = None
    entra_auth: str = ""
    password_auth: str = ""
    connections: tuple[ArmId, ...] | None = None
    """Its private endpoint connections; None where the row has no such list."""
    geo_backup: str = ""
    encryption: str = ""
    key_status: str = ""
    cluster_size: int = 0
    """Nodes of an elastic cluster; 0 for a plain server."""
    custom_window: str = ""
    is_preview_body: bool = False
    """The row has the shape of the first previews, which leaves much out."""
    tags: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def has_ha(self) -> bool:
        """Whether high availability is switched on."""
        return self.ha_mode.lower() not in ("", "disabled")

    @property
    def is_replica(self) -> bool:
        """Whether this server follows another one."""
        return self.role.lower() in ("asyncreplica", "geoasyncreplica")

    @property
    def has_entra(self) -> bool:
        """Whether Entra sign-in is switched on."""
        return self.entra_auth.lower() == "enabled"


def server_mode(subnet: ArmId | None, *, has_endpoint: bool, public_access: str) -> Mode:
    """How clients get to a server, from the three facts that tell.

    Unknown when: it is in no subnet, has no private endpoint and does not say that public access
    is enabled; a body that says only Disabled may have left out its subnet.

    Azure rule: publicNetworkAccess means something only for servers outside every virtual
    network ("Networking overview", Azure Database for PostgreSQL documentation).
    """
    if subnet is not None:
        return Mode.VNET
    if has_endpoint:
        return Mode.PRIVATE_ENDPOINT
    return Mode.PUBLIC if public_access.lower() == "enabled" else Mode.UNKNOWN


def finish(
    server: FlexibleServer,
    connections: Sequence[EndpointConnection] = (),
    targeting: Sequence[ArmId] = (),
) -> FlexibleServer:
    """The server once everything is read: its mode, and connections that have rows of their own.

    `connections` are the connection rows below it, `targeting` the private endpoints that name
    it as their target. Those count where the server's row has no list of its own to disagree.
    """
    ids = server.connections
    if connections:
        ids = tuple(dict.fromkeys((*(ids or ()), *(one.id for one in connections))))
    has_endpoint = bool(ids) or (ids is None and bool(targeting))
    mode = server_mode(server.subnet, has_endpoint=has_endpoint, public_access=server.public_access)
    if mode is server.mode and ids == server.connections:
        return server
    return msgspec.structs.replace(server, mode=mode, connections=ids)


class FirewallRule(Resource, frozen=True, kw_only=True):
    """One allowed range of a public server."""

    KIND: ClassVar[str] = "microsoft.dbforpostgresql/flexibleservers/firewallrules"

    server: ArmId
    start: str = ""
    end: str = ""
    span: Span | None = None
    """None where either end is not an IPv4 address or start is above end."""


class ServerParameter(Resource, frozen=True, kw_only=True):
    """One server parameter."""

    KIND: ClassVar[str] = "microsoft.dbforpostgresql/flexibleservers/configurations"

    server: ArmId
    value: str = ""


class VirtualEndpoint(Resource, frozen=True, kw_only=True):
    """A writer or reader name that moves with promotion."""

    KIND: ClassVar[str] = "microsoft.dbforpostgresql/flexibleservers/virtualendpoints"

    server: ArmId
    endpoint_type: str = ""
    members: tuple[str, ...] = ()
    """Server names, in lower case."""
    names: tuple[str, ...] = ()
    """The FQDNs of the endpoint, in lower case."""
