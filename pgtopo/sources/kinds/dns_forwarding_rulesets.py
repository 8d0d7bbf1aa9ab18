"""DNS forwarding rulesets."""

from collections.abc import Iterable

from pgtopo.model.dns import ForwardingRuleset
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """The properties of a ruleset."""

    dns_resolver_outbound_endpoints: list[IdRef | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The ruleset."""
    found = row.properties or Properties()
    yield ForwardingRuleset(
        **edge.base(row),
        outbound_endpoints=edge.refs(
            found.dns_resolver_outbound_endpoints, "properties.dnsResolverOutboundEndpoints.id"
        ),
    )


KIND = Kind(
    arm_type=ForwardingRuleset.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsForwardingRulesets/read",
    is_assumed_none=True,
    summary="rulesets and their outbound endpoints",
)
