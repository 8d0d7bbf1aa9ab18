"""Application security groups; which addresses are members stands in the network interfaces."""

from collections.abc import Iterable
from typing import Any

from pgtopo.model.nsg import ApplicationSecurityGroup
from pgtopo.sources.kind import Built, Edge, Kind, Row


def build(row: Row[Any], edge: Edge) -> Iterable[Built]:
    """The group."""
    yield ApplicationSecurityGroup(**edge.base(row))


KIND = Kind(
    arm_type=ApplicationSecurityGroup.KIND,
    shape=Row[Any],
    build=build,
    table="resources",
    permission="Microsoft.Network/applicationSecurityGroups/read",
    summary="named groups of interfaces for security rules",
    is_told_by_id=True,
)
