"""ExpressRoute circuits."""

from collections.abc import Iterable

from pgtopo.model.routing import ExpressRouteCircuit
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present


class Provider(Wire, frozen=True):
    """Who provides the circuit, and where."""

    service_provider_name: str | None = None
    peering_location: str | None = None


class CircuitPeering(Wire, frozen=True):
    """One routing domain of the circuit."""

    peering_type: str | None = None
    state: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a circuit."""

    service_provider_properties: Provider | None = None
    service_provider_provisioning_state: str | None = None
    peerings: list[Row[CircuitPeering] | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The circuit."""
    found = row.properties or Properties()
    provider = found.service_provider_properties or Provider()
    yield ExpressRouteCircuit(
        **edge.base(row),
        peering_location=provider.peering_location or "",
        provider=provider.service_provider_name or "",
        provisioning=found.service_provider_provisioning_state or "",
        private_peering_state=_private_state(found),
    )


def _private_state(found: Properties) -> str:
    for row in present(found.peerings):
        held = row.properties
        name = (held.peering_type if held else None) or row.name or ""
        if held is not None and name.lower() == "azureprivatepeering":
            return held.state or ""
    return ""


KIND = Kind(
    arm_type=ExpressRouteCircuit.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/expressRouteCircuits/read",
    summary="provider state and private peering",
)
