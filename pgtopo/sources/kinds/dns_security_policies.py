"""DNS security policies."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.dns import DnsPolicy
from pgtopo.sources.kind import Built, Edge, Kind, Row


def build(row: Row[Any], edge: Edge) -> Iterable[Built]:
    """The policy."""
    yield DnsPolicy(**edge.base(row))


KIND = Kind(
    arm_type=DnsPolicy.KIND,
    shape=Row[Any],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolverPolicies/read",
    is_assumed_none=True,
    summary="policies that may block names",
    is_told_by_id=True,
)
