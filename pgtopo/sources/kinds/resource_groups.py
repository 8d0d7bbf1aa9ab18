"""Resource groups."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.governance import ResourceGroup
from pgtopo.sources.kind import Built, Edge, Kind, Row


def build(row: Row[Any], edge: Edge) -> Iterable[Built]:
    """The resource group."""
    yield ResourceGroup(**edge.base(row))


KIND = Kind(
    arm_type=ResourceGroup.KIND,
    shape=Row[Any],
    build=build,
    table="resourcecontainers",
    permission="Microsoft.Resources/subscriptions/resourceGroups/read",
    summary="names and regions of resource groups",
    is_told_by_id=True,
)
