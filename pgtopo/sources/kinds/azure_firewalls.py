"""Azure Firewalls, in a subnet or in a Virtual WAN hub, with classic rules where they have any."""

from collections.abc import Iterable

import msgspec

from pgtopo.model.firewall import AzureFirewall, RuleCollection
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Sku, Wire
from pgtopo.sources.shapes import present
from pgtopo.sources.shapes_firewall import UNSET_PRIORITY, Action, ClassicRule, build_rule


class ConfigurationProperties(Wire, frozen=True):
    """One address of the firewall."""

    address: str | None = msgspec.field(default=None, name="privateIPAddress")
    subnet: IdRef | None = None
    public_ip: IdRef | None = msgspec.field(default=None, name="publicIPAddress")


class HubAddresses(Wire, frozen=True):
    """The address of a firewall in a hub."""

    address: str | None = msgspec.field(default=None, name="privateIPAddress")


class CollectionProperties(Wire, frozen=True):
    """One classic network rule collection."""

    priority: int | None = None
    action: Action | None = None
    rules: list[ClassicRule | None] | None = None


class ClassicSettings(Wire, frozen=True):
    """Settings of firewalls without a policy, kept as texts."""

    enable_proxy: str | None = msgspec.field(default=None, name="Network.DNS.EnableProxy")
    servers: str | None = msgspec.field(default=None, name="Network.DNS.Servers")
    private_ranges: str | None = msgspec.field(default=None, name="Network.SNAT.PrivateRanges")


class Properties(Wire, frozen=True):
    """The properties of a firewall."""

    sku: Sku | None = None
    firewall_policy: IdRef | None = None
    virtual_hub: IdRef | None = None
    hub_addresses: HubAddresses | None = msgspec.field(default=None, name="hubIPAddresses")
    ip_configurations: list[Row[ConfigurationProperties] | None] | None = None
    network_rule_collections: list[Row[CollectionProperties] | None] | None = None
    additional_properties: ClassicSettings | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The firewall."""
    found = row.properties or Properties()
    held = [one.properties for one in present(found.ip_configurations) if one.properties]
    path = "properties.ipConfigurations"
    subnets = edge.refs((one.subnet for one in held), f"{path}.subnet.id")
    classic = found.additional_properties or ClassicSettings()
    sku = found.sku or row.sku or Sku()
    ranges = classic.private_ranges
    yield AzureFirewall(
        **edge.base(row),
        policy=edge.ref(found.firewall_policy, "properties.firewallPolicy.id"),
        hub=edge.ref(found.virtual_hub, "properties.virtualHub.id"),
        addresses=_addresses(found, held, edge),
        subnets=tuple(dict.fromkeys(subnets)),
        public_ips=edge.refs((one.public_ip for one in held), f"{path}.publicIPAddress.id"),
        tier=sku.tier or sku.tier_capital or "",
        collections=tuple(
            _collection(one, edge) for one in present(found.network_rule_collections)
        ),
        has_dns_proxy=_flag(classic.enable_proxy),
        dns_servers=_listed(classic.servers),
        snat_private_ranges=None if ranges is None else _listed(ranges),
    )


def _addresses(
    found: Properties, held: list[ConfigurationProperties], edge: Edge
) -> tuple[int, ...]:
    path = "properties.ipConfigurations.privateIPAddress"
    values = [edge.address(one.address, path) for one in held]
    if found.hub_addresses is not None:
        path = "properties.hubIPAddresses.privateIPAddress"
        values.append(edge.address(found.hub_addresses.address, path))
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _collection(row: Row[CollectionProperties], edge: Edge) -> RuleCollection:
    found = row.properties or CollectionProperties()
    path = "properties.networkRuleCollections.rules"
    return RuleCollection(
        name=row.name or "",
        priority=UNSET_PRIORITY if found.priority is None else found.priority,
        action=(found.action.type or "") if found.action else "",
        network_rules=tuple(
            build_rule(rule, rule.protocols or rule.ip_protocols, path, edge)
            for rule in present(found.rules)
        ),
    )


def _flag(text: str | None) -> bool | None:
    return text.strip().lower() == "true" if text else None


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


KIND = Kind(
    arm_type=AzureFirewall.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/azureFirewalls/read",
    summary="addresses, policy, classic rules, DNS proxy",
)
