"""Azure Firewalls, their policies and rule collections."""

from typing import ClassVar

import msgspec

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class NetworkRule(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One network rule of an Azure Firewall."""

    name: str = ""
    protocols: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    source_groups: tuple[ArmId, ...] = ()
    destinations: tuple[str, ...] = ()
    """CIDRs, ranges or service tags."""
    destination_groups: tuple[ArmId, ...] = ()
    destination_fqdns: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()


class RuleCollection(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Rules of one priority and action."""

    name: str = ""
    priority: int = 65000
    action: str = ""
    """Allow or Deny for filter collections; Dnat or Snat for NAT ones."""
    network_rules: tuple[NetworkRule, ...] = ()
    has_other_rules: bool = False
    """Application or NAT rules are in it as well; they do not carry PostgreSQL traffic."""


class RuleCollectionGroup(Resource, frozen=True, kw_only=True):
    """One rule collection group of a firewall policy."""

    KIND: ClassVar[str] = "microsoft.network/firewallpolicies/rulecollectiongroups"

    policy: ArmId
    priority: int = 65000
    collections: tuple[RuleCollection, ...] = ()


class FirewallPolicy(Resource, frozen=True, kw_only=True):
    """One firewall policy."""

    KIND: ClassVar[str] = "microsoft.network/firewallpolicies"

    base: ArmId | None = None
    """The parent policy whose rules come first."""
    groups: tuple[ArmId, ...] = ()
    has_dns_proxy: bool | None = None
    """None where the policy has no DNS settings."""
    dns_servers: tuple[str, ...] = ()
    snat_private_ranges: tuple[str, ...] | None = None
    """Ranges that are not translated; None means the default private ranges."""
    threat_mode: str = ""


class AzureFirewall(Resource, frozen=True, kw_only=True):
    """One Azure Firewall, in a subnet or in a Virtual WAN hub."""

    KIND: ClassVar[str] = "microsoft.network/azurefirewalls"

    policy: ArmId | None = None
    hub: ArmId | None = None
    addresses: tuple[int, ...] = ()
    """Private addresses."""
    subnets: tuple[ArmId, ...] = ()
    public_ips: tuple[ArmId, ...] = ()
    tier: str = ""
    collections: tuple[RuleCollection, ...] = ()
    """Classic network rule collections kept in the firewall itself."""
    has_dns_proxy: bool | None = None
    """Classic DNS proxy setting; None where unset."""
    dns_servers: tuple[str, ...] = ()
    snat_private_ranges: tuple[str, ...] | None = None
    """Classic SNAT setting; None means the default private ranges."""


class IpGroup(Resource, frozen=True, kw_only=True):
    """A named list of prefixes."""

    KIND: ClassVar[str] = "microsoft.network/ipgroups"

    addresses: tuple[str, ...] = ()
