"""Public IP prefixes."""

from collections.abc import Iterable

from pgtopo.model.network import PublicIpPrefix
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of a public prefix."""

    ip_prefix: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The prefix."""
    prefix = (row.properties.ip_prefix or "") if row.properties else ""
    if prefix:
        edge.space((prefix,), "properties.ipPrefix")
    yield PublicIpPrefix(**edge.base(row), prefix=prefix)


KIND = Kind(
    arm_type=PublicIpPrefix.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/publicIPPrefixes/read",
    summary="blocks of public addresses",
)
