"""Private DNS zones."""

from collections.abc import Iterable

from pgtopo.model.dns import PrivateZone
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import domain


class Properties(Wire, frozen=True):
    """Counters of a zone; Azure updates them late."""

    number_of_record_sets: int | None = None
    max_number_of_record_sets: int | None = None
    number_of_virtual_network_links: int | None = None
    max_number_of_virtual_network_links: int | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The zone."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield PrivateZone(
        **base,
        domain=domain(base["name"]),
        records=found.number_of_record_sets,
        max_records=found.max_number_of_record_sets,
        links=found.number_of_virtual_network_links,
        max_links=found.max_number_of_virtual_network_links,
    )


KIND = Kind(
    arm_type=PrivateZone.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/privateDnsZones/read",
    summary="private DNS zones and their limits",
)
