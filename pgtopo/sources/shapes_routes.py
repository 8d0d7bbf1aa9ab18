"""User-defined routes, nested in their table or as rows of their own."""

from pgtopo.model.ids import ArmId
from pgtopo.model.routing import Route
from pgtopo.sources.kind import Edge, Row, Wire
from pgtopo.sources.shapes import texts

_HOP_TYPES = frozenset(
    {
        *("virtualnetworkgateway", "vnetlocal", "internet", "virtualappliance", "none"),
        *("virtualapplianceecmp", "vnetpeering", "virtualnetworkserviceendpoint"),
    }
)


class EcmpHop(Wire, frozen=True):
    """Several appliances that share one route."""

    next_hop_ip_addresses: list[str | None] | None = None


class RouteProperties(Wire, frozen=True):
    """The properties of a route."""

    address_prefix: str | None = None
    next_hop_type: str | None = None
    next_hop_ip_address: str | None = None
    next_hop: EcmpHop | None = None
    has_bgp_override: bool | None = None


def build_route(arm_id: ArmId, name: str, row: Row[RouteProperties], edge: Edge) -> Route:
    """A route as written; a hop type Azure does not have is noted."""
    found = row.properties or RouteProperties()
    return Route(
        id=arm_id,
        name=name,
        prefix=found.address_prefix or "",
        hop_type=edge.word(found.next_hop_type, _HOP_TYPES, "properties.nextHopType"),
        hop_ip=found.next_hop_ip_address or "",
        hop_ips=texts(found.next_hop.next_hop_ip_addresses) if found.next_hop else (),
        overrides_bgp=found.has_bgp_override is True,
    )
