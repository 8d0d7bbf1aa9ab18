"""The ranges of service tags: an answer of the network service, not a resource."""

from collections.abc import Iterable

from pgtopo.model.service_tags import ServiceTag, ServiceTagList
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present, texts


class TagProperties(Wire, frozen=True):
    """What the service says of one tag."""

    address_prefixes: list[str | None] | None = None


class Tag(Wire, frozen=True):
    """One tag of the list."""

    name: str | None = None
    properties: TagProperties | None = None


class Properties(Wire, frozen=True):
    """The list."""

    values: list[Tag | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The list; tags without a name or ranges are left out."""
    found = row.properties or Properties()
    tags = (
        ServiceTag(name=one.name, prefixes=texts(one.properties.address_prefixes))
        for one in present(found.values)
        if one.name and one.properties
    )
    yield ServiceTagList(**edge.base(row), tags=tuple(tag for tag in tags if tag.prefixes))


KIND = Kind(
    arm_type=ServiceTagList.KIND,
    shape=Row[Properties],
    build=build,
    permission="Microsoft.Network/locations/serviceTags/read",
    summary="address ranges of service tags",
)
