"""Network security groups and application security groups, rules as Azure stores them.

Rules stay in Azure's own shape, because an estate has a hundred thousand of them and most are
never looked at; `analysis.nsg` compiles the ones a question needs.
"""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource


class Wire(msgspec.Struct, frozen=True, rename="camel"):
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
    source_address_prefixes: list[str] | None = None
    source_application_security_groups: list[IdRef] | None = None
    source_port_range: str | None = None
    source_port_ranges: list[str] | None = None
    destination_address_prefix: str | None = None
    destination_address_prefixes: list[str] | None = None
    destination_application_security_groups: list[IdRef] | None = None
    destination_port_range: str | None = None
    destination_port_ranges: list[str] | None = None


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


class ApplicationSecurityGroup(Resource, frozen=True, kw_only=True):
    """One application security group; its members say so themselves."""

    KIND: ClassVar[str] = "microsoft.network/applicationsecuritygroups"
