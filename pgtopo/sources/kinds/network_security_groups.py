"""Network security groups; their rules stay in Azure's own shape until a question needs them."""

from collections.abc import Iterable
from typing import Annotated, Literal

import msgspec

from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule, SecurityRuleBody, rule_name
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes_security import HIGHEST, LOWEST, note_priority


class Properties(Wire, frozen=True):
    """The properties of a network security group."""

    security_rules: tuple[SecurityRule | None, ...] | None = None
    default_security_rules: tuple[SecurityRule | None, ...] | None = None


Access = Literal["Allow", "Deny"]
Direction = Literal["Inbound", "Outbound"]
Protocol = Literal["*", "Tcp", "Udp", "Icmp", "Esp", "Ah", "TCP", "UDP", "ICMP", "tcp", "udp"]


class UsualBody(SecurityRuleBody, frozen=True):
    """The properties of a rule whose words are spelled as Azure does; each is kept once."""

    access: Access | None = None
    direction: Direction | None = None
    protocol: Protocol | None = None


class UsualCustomBody(UsualBody, frozen=True):
    """The same of a custom rule, with a priority that Azure takes."""

    priority: Annotated[int, msgspec.Meta(ge=LOWEST, le=HIGHEST)] | None = None


class UsualRule(SecurityRule, frozen=True, kw_only=True):
    """A rule that has a name."""

    name: str
    id: str | None = msgspec.field(default=None, name="ID")
    """Spelled as nobody does, so that it is not read: it only says whose rule it is, and would
    take a quarter of the rule's memory."""
    properties: UsualBody | None = None


class UsualCustomRule(UsualRule, frozen=True, kw_only=True):
    """A custom rule that has a name."""

    properties: UsualCustomBody | None = None


class UsualProperties(Wire, frozen=True):
    """The properties of a group whose rules have nothing odd."""

    security_rules: tuple[UsualCustomRule, ...] = ()
    default_security_rules: tuple[UsualRule, ...] = ()


def build(row: Row[Properties] | Row[UsualProperties], edge: Edge) -> Iterable[Built]:
    """The group."""
    found = row.properties
    rules: tuple[SecurityRule, ...] = ()
    defaults: tuple[SecurityRule, ...] = ()
    if isinstance(found, UsualProperties):
        rules, defaults = found.security_rules, found.default_security_rules
    elif found is not None:
        rules = _stated(found.security_rules)
        # Nobody can change these, so one that cannot be read is no more than one left out.
        stated = _stated(found.default_security_rules)
        defaults = stated if all(one.properties is not None for one in stated) else ()
        for rule in rules:
            path = f"properties.securityRules.{rule_name(rule)}.properties"
            note_priority(rule.properties, edge, path)
    head = edge.head(row)
    yield NetworkSecurityGroup(
        id=head.id,
        name=head.name,
        location=head.location,
        origin=head.origin,
        rules=rules,
        default_rules=edge.shared(defaults) if defaults else STANDARD_RULES,
    )


def _stated(rules: Iterable[SecurityRule | None] | None) -> tuple[SecurityRule, ...]:
    return tuple([rule for rule in rules if rule is not None]) if rules else ()


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
    usual=Row[UsualProperties],
    build=build,
    table="resources",
    permission="Microsoft.Network/networkSecurityGroups/read",
    is_assumed_none=True,
    summary="custom and default security rules",
)
