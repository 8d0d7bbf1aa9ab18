"""Azure Firewall policies; their rules are in rule collection groups."""

from collections.abc import Iterable

from pgtopo.model.firewall import FirewallPolicy
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import texts


class DnsSettings(Wire, frozen=True):
    """Whether the firewall answers DNS, and whom it asks."""

    enable_proxy: bool | None = None
    servers: list[str | None] | None = None


class Snat(Wire, frozen=True):
    """Ranges whose traffic keeps its source address."""

    private_ranges: list[str | None] | None = None


class Properties(Wire, frozen=True):
    """The properties of a policy."""

    base_policy: IdRef | None = None
    rule_collection_groups: list[IdRef | None] | None = None
    dns_settings: DnsSettings | None = None
    snat: Snat | None = None
    threat_intel_mode: str | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The policy."""
    found = row.properties or Properties()
    dns = found.dns_settings
    ranges = found.snat.private_ranges if found.snat else None
    yield FirewallPolicy(
        **edge.base(row),
        base=edge.ref(found.base_policy, "properties.basePolicy.id"),
        groups=edge.refs(found.rule_collection_groups, "properties.ruleCollectionGroups.id"),
        has_dns_proxy=None if dns is None else dns.enable_proxy is True,
        dns_servers=texts(dns.servers) if dns else (),
        snat_private_ranges=None if ranges is None else texts(ranges),
        threat_mode=found.threat_intel_mode or "",
    )


KIND = Kind(
    arm_type=FirewallPolicy.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/firewallPolicies/read",
    summary="parent policy, DNS proxy, source translation",
)
