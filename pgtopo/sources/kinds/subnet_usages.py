"""How many addresses of a subnet Azure counts as used: a fact without a row in Azure."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.network import SubnetUsage, VirtualNetwork
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The count, and who counted."""

    used: int | None = None
    source: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The usage; nothing where the row has no count."""
    found = row.properties or Properties()
    base = edge.base(row)
    if found.used is None:
        edge.issue("properties.used", "missing; the row says nothing")
        return
    yield SubnetUsage(
        **base,
        subnet=ancestor(base["id"], "subnets") or parent_of(base["id"]),
        used=found.used,
        source=found.source or "",
    )


KIND = Kind(
    arm_type=SubnetUsage.KIND,
    shape=Row[Properties],
    build=build,
    parent=VirtualNetwork.KIND,
    permission="Microsoft.Network/virtualNetworks/usages/read",
    arm_path="usages",
    api_version="2026-03-01",
    summary="addresses in use, as Azure counts them",
)
