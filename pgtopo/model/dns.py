"""Private DNS zones, links, records, resolvers, rulesets and DNS security policies."""

from typing import ClassVar

from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId


class PrivateZone(Resource, frozen=True, kw_only=True):
    """One private DNS zone; `name` is the zone's name as written."""

    KIND: ClassVar[str] = "microsoft.network/privatednszones"

    domain: str = ""
    """Lower case, without a trailing dot."""
    records: int | None = None
    """numberOfRecordSets: a stale counter."""
    max_records: int | None = None
    links: int | None = None
    """numberOfVirtualNetworkLinks: a stale counter; link rows win."""
    max_links: int | None = None


class ZoneLink(Resource, frozen=True, kw_only=True):
    """A virtual network link of a private zone."""

    KIND: ClassVar[str] = "microsoft.network/privatednszones/virtualnetworklinks"

    zone: ArmId
    network: ArmId | None = None
    state: str = ""
    """virtualNetworkLinkState as written: InProgress, Completed."""
    provisioning: str = ""
    has_registration: bool = False
    resolution_policy: str = ""
    """Default or NxDomainRedirect, as written; empty means Default."""


class RecordSet(Resource, frozen=True, kw_only=True):
    """One A, AAAA or CNAME record set of a private zone."""

    KIND: ClassVar[str] = "microsoft.network/privatednszones/a"

    zone: ArmId
    record_type: str = "A"
    """`A`, `AAAA` or `CNAME`."""
    label: str = ""
    """Lower case, relative to the zone; `@` for the zone itself."""
    addresses: tuple[str, ...] = ()
    """Of A and AAAA records, as written."""
    target: str = ""
    """Of a CNAME record, lower case, without a trailing dot."""
    ttl: int | None = None
    is_auto_registered: bool = False
    creator: str = ""
    """metadata.creator, which names a private endpoint in zone-group records."""


class DnsResolver(Resource, frozen=True, kw_only=True):
    """One DNS private resolver."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolvers"

    network: ArmId | None = None
    state: str = ""


class InboundEndpoint(Resource, frozen=True, kw_only=True):
    """An inbound endpoint: an address that answers like Azure DNS in the resolver's network."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolvers/inboundendpoints"

    resolver: ArmId
    addresses: tuple[str, ...] = ()
    subnets: tuple[ArmId, ...] = ()
    allocation: str = ""
    """Static or Dynamic, as written."""


class OutboundEndpoint(Resource, frozen=True, kw_only=True):
    """An outbound endpoint: where forwarded queries leave from."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolvers/outboundendpoints"

    resolver: ArmId
    subnet: ArmId | None = None


class ForwardingRuleset(Resource, frozen=True, kw_only=True):
    """One DNS forwarding ruleset."""

    KIND: ClassVar[str] = "microsoft.network/dnsforwardingrulesets"

    outbound_endpoints: tuple[ArmId, ...] = ()


class ForwardingRule(Resource, frozen=True, kw_only=True):
    """One rule of a forwarding ruleset."""

    KIND: ClassVar[str] = "microsoft.network/dnsforwardingrulesets/forwardingrules"

    ruleset: ArmId
    domain: str = ""
    """Lower case, without the trailing dot; empty for the wildcard rule `.`."""
    is_enabled: bool = True
    targets: tuple[str, ...] = ()
    """Target server addresses in order."""


class RulesetLink(Resource, frozen=True, kw_only=True):
    """A virtual network that uses a ruleset."""

    KIND: ClassVar[str] = "microsoft.network/dnsforwardingrulesets/virtualnetworklinks"

    ruleset: ArmId
    network: ArmId | None = None
    provisioning: str = ""


class DnsPolicy(Resource, frozen=True, kw_only=True):
    """One DNS security policy."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolverpolicies"


class DnsPolicyRule(Resource, frozen=True, kw_only=True):
    """One rule of a DNS security policy."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolverpolicies/dnssecurityrules"

    policy: ArmId
    priority: int | None = None
    action: str = ""
    """Allow, Alert or Block, as written."""
    is_enabled: bool = True
    domain_lists: tuple[ArmId, ...] = ()


class DnsPolicyLink(Resource, frozen=True, kw_only=True):
    """A virtual network that a DNS security policy covers."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolverpolicies/virtualnetworklinks"

    policy: ArmId
    network: ArmId | None = None


class DnsDomainList(Resource, frozen=True, kw_only=True):
    """A list of domains that DNS security rules name."""

    KIND: ClassVar[str] = "microsoft.network/dnsresolverdomainlists"

    domains: tuple[str, ...] | None = None
    """Lower case, without trailing dots, the root as an empty text; None where the row has none."""
