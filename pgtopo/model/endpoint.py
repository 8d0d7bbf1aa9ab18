"""Private endpoints and their zone groups."""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class ServiceConnection(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The endpoint's side of its connection to a service."""

    target: ArmId | None = None
    groups: tuple[str, ...] = ()
    status: str = ""
    """Approved, Pending, Rejected or Disconnected, as seen."""
    is_manual: bool = False


class PrivateEndpoint(Resource, frozen=True, kw_only=True):
    """One private endpoint."""

    KIND: ClassVar[str] = "microsoft.network/privateendpoints"

    subnet: ArmId | None = None
    nics: tuple[ArmId, ...] = ()
    connections: tuple[ServiceConnection, ...] = ()
    provisioning: str = ""
    dns_configs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """customDnsConfigs as (name, addresses)."""
    static_addresses: tuple[str, ...] = ()
    """Addresses fixed in the endpoint's own ipConfigurations."""
    asgs: tuple[ArmId, ...] = ()


class ZoneGroup(Resource, frozen=True, kw_only=True):
    """Ties an endpoint to private zones, so that Azure keeps its records."""

    KIND: ClassVar[str] = "microsoft.network/privateendpoints/privatednszonegroups"

    endpoint: ArmId
    zones: tuple[ArmId, ...] = ()
