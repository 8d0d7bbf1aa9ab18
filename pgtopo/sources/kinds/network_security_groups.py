"""Network security groups; their rules stay in Azure's own shape until a question needs them."""

from collections.abc import Iterable

from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule, SecurityRuleBody, rule_name
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes_security import note_priority


class Properties(Wire, frozen=True):
    """The properties of a network security group."""

    security_rules: list[SecurityRule | None] | None = None
    default_security_rules: list[SecurityRule | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The group."""
    found = row.properties or Properties()
    head = edge.head(row)
    rules = tuple(filter(None, found.security_rules or ()))
    for rule in rules:
        note_priority(
            rule.properties, edge, f"properties.securityRules.{rule_name(rule)}.properties"
        )
    yield NetworkSecurityGroup(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        rules=rules,
        default_rules=tuple(filter(None, found.default_security_rules or ())) or STANDARD_RULES,
    )


def _standard(
    name: str, direction: str, priority: int, source: str, destination: str, access: str
) -> SecurityRule:
    body = SecurityRuleBody(
        access=access,
        direction=direction,
        priority=priority,
        protocol="*",
        source_address_prefix=source,
        source_port_range="*",
        destination_address_prefix=destination,
        destination_port_range="*",
    )
    return SecurityRule(name=name, properties=body)


# Every group ends with these six ("Network security groups overview", Microsoft Learn); bodies
# from some tools leave them out.
STANDARD_RULES: tuple[SecurityRule, ...] = (
    _standard("AllowVnetInBound", "Inbound", 65000, "VirtualNetwork", "VirtualNetwork", "Allow"),
    _standard("AllowAzureLoadBalancerInBound", "Inbound", 65001, "AzureLoadBalancer", "*", "Allow"),
    _standard("DenyAllInBound", "Inbound", 65500, "*", "*", "Deny"),
    _standard("AllowVnetOutBound", "Outbound", 65000, "VirtualNetwork", "VirtualNetwork", "Allow"),
    _standard("AllowInternetOutBound", "Outbound", 65001, "*", "Internet", "Allow"),
    _standard("DenyAllOutBound", "Outbound", 65500, "*", "*", "Deny"),
)


KIND = Kind(
    arm_type=NetworkSecurityGroup.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/networkSecurityGroups/read",
    is_assumed_none=True,
    summary="custom and default security rules",
)
