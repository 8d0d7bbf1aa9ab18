"""Zone groups of private endpoints."""

from collections.abc import Iterable

from pgtopo.model.endpoint import PrivateEndpoint, ZoneGroup
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present


class ZoneConfig(Wire, frozen=True):
    """One zone of a group."""

    private_dns_zone_id: str | None = None


class Properties(Wire, frozen=True):
    """The zones of a group."""

    private_dns_zone_configs: list[Row[ZoneConfig] | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The zone group."""
    found = row.properties or Properties()
    base = edge.base(row)
    path = "properties.privateDnsZoneConfigs.privateDnsZoneId"
    held = [one.properties for one in present(found.private_dns_zone_configs) if one.properties]
    zones = [edge.fold(one.private_dns_zone_id, path) for one in held]
    yield ZoneGroup(
        **base,
        endpoint=ancestor(base["id"], "privateendpoints") or parent_of(base["id"]),
        zones=tuple(zone for zone in zones if zone is not None),
    )


KIND = Kind(
    arm_type=ZoneGroup.KIND,
    shape=Row[Properties],
    build=build,
    parent=PrivateEndpoint.KIND,
    permission="Microsoft.Network/privateEndpoints/privateDnsZoneGroups/read",
    arm_path="privateDnsZoneGroups",
    api_version="2026-03-01",
    summary="zones in which Azure keeps an endpoint's records",
)
