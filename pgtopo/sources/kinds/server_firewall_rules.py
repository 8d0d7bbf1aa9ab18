"""Firewall rules of public servers."""

from collections.abc import Iterable

from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.net import Span
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The ends of the allowed range."""

    start_ip_address: str | None = None
    end_ip_address: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The rule; without a span where it is not a range of IPv4 addresses."""
    found = row.properties or Properties()
    head = edge.head(row)
    start, end = found.start_ip_address or "", found.end_ip_address or ""
    yield FirewallRule(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        server=ancestor(head.id, "flexibleservers") or parent_of(head.id),
        start=start,
        end=end,
        span=_span(start, end, edge),
    )


def _span(start: str, end: str, edge: Edge) -> Span | None:
    low = edge.address(start, "properties.startIpAddress")
    high = edge.address(end, "properties.endIpAddress")
    if low is None or high is None:
        return None
    if low > high:
        edge.issue("properties.startIpAddress", f"range starts after its end: {start}-{end}")
        return None
    return Span(low, high)


KIND = Kind(
    arm_type=FirewallRule.KIND,
    shape=Row[Properties],
    build=build,
    parent=FlexibleServer.KIND,
    permission="Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read",
    arm_path="firewallRules",
    api_version="2026-10-01",
    summary="source ranges a public server admits",
)
