"""Network security groups and application security groups, rules as Azure stores them.

Rules stay in Azure's own shape, because an estate has a hundred thousand of them and most are
never looked at; `analysis.filters.nsg` compiles the ones a question needs.
"""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, name_of


class Wire(msgspec.Struct, frozen=True, gc=False, rename="camel"):
    """A part of a row in Azure's own spelling; what is missing is None."""


class IdRef(Wire, frozen=True):
    """A reference in Azure's own shape."""

    id: str | None = None


class SecurityRuleBody(Wire, frozen=True):
    """The properties of a rule."""

    access: str | None = None
    direction: str | None = None
    priority: int | None = None
    protocol: str | None = None
    source_address_prefix: str | None = None
    source_address_prefixes: tuple[str, ...] | None = None
    source_application_security_groups: tuple[IdRef, ...] | None = None
    source_port_range: str | None = None
    source_port_ranges: tuple[str, ...] | None = None
    destination_address_prefix: str | None = None
    destination_address_prefixes: tuple[str, ...] | None = None
    destination_application_security_groups: tuple[IdRef, ...] | None = None
    destination_port_range: str | None = None
    destination_port_ranges: tuple[str, ...] | None = None


class SecurityRule(Wire, frozen=True):
    """One rule of a network security group."""

    name: str | None = None
    id: str | None = None
    properties: SecurityRuleBody | None = None


class NetworkSecurityGroup(Resource, frozen=True, kw_only=True):
    """One network security group."""

    KIND: ClassVar[str] = "microsoft.network/networksecuritygroups"

    rules: tuple[SecurityRule, ...] = ()
    """Custom rules as stored, in no particular order."""
    default_rules: tuple[SecurityRule, ...] = ()
    """The six defaults; the standard ones where the row leaves them out."""


class SecurityRuleRow(Resource, frozen=True, kw_only=True):
    """A rule that was read as a row of its own, beside or without its group's list."""

    KIND: ClassVar[str] = "microsoft.network/networksecuritygroups/securityrules"

    group: ArmId
    rule: SecurityRule


def with_rules(
    group: NetworkSecurityGroup, rows: Iterable[SecurityRuleRow]
) -> NetworkSecurityGroup:
    """The group with the rules that were read as rows; a row wins over the rule it repeats."""
    own = {one.name.lower(): one.rule for one in rows}
    if not own:
        return group
    kept = tuple(rule for rule in group.rules if rule_name(rule).lower() not in own)
    return msgspec.structs.replace(group, rules=(*kept, *own.values()))


def rule_name(rule: SecurityRule) -> str:
    """The name of a rule as written; from its id where it has none."""
    return rule.name or (name_of(rule.id) if rule.id else "")


class ApplicationSecurityGroup(Resource, frozen=True, kw_only=True):
    """One application security group; its members say so themselves."""

    KIND: ClassVar[str] = "microsoft.network/applicationsecuritygroups"
