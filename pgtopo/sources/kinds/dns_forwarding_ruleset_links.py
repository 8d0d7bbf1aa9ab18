"""Virtual network links of DNS forwarding rulesets."""

from collections.abc import Iterable

from pgtopo.model.dns import ForwardingRuleset, RulesetLink
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire


class Properties(Wire, frozen=True):
    """Which network uses the ruleset."""

    virtual_network: IdRef | None = None
    provisioning_state: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The link."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield RulesetLink(
        **base,
        ruleset=ancestor(base["id"], "dnsforwardingrulesets") or parent_of(base["id"]),
        network=edge.ref(found.virtual_network, "properties.virtualNetwork.id"),
        provisioning=found.provisioning_state or "",
    )


KIND = Kind(
    arm_type=RulesetLink.KIND,
    shape=Row[Properties],
    build=build,
    table="dnsresources",
    parent=ForwardingRuleset.KIND,
    permission="Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks/read",
    arm_path="virtualNetworkLinks",
    api_version="2025-05-01",
    is_assumed_none=True,
    summary="which networks use a ruleset",
)
