"""Building stones of Azure rows: ids, child objects, rules, routes and kinds."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]

DEFAULT_SUBSCRIPTION = "5b6a8f0e-2c4d-4a71-9e3b-7f1d0c2a9e10"
DEFAULT_GROUP = "rg-test"
DEFAULT_LOCATION = "westeurope"
CREATED_AT = "2026-11-20T09:12:00Z"
PG_DELEGATION = "Microsoft.DBforPostgreSQL/flexibleServers"
DNS_DELEGATION = "Microsoft.Network/dnsResolvers"
PG_SUFFIX = "postgres.database.azure.com"
PAIRED_REGION = {"westeurope": "northeurope", "northeurope": "westeurope"}

#: The spelling in which Azure Resource Manager writes each type inside ids.
SPELLING: tuple[str, ...] = (
    "Microsoft.DBforPostgreSQL/flexibleServers",
    "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules",
    "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
    "Microsoft.DBforPostgreSQL/flexibleServers/virtualEndpoints",
    "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections",
    "Microsoft.Network/virtualNetworks",
    "Microsoft.Network/virtualNetworks/subnets",
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
    "Microsoft.Network/networkSecurityGroups",
    "Microsoft.Network/applicationSecurityGroups",
    "Microsoft.Network/routeTables",
    "Microsoft.Network/privateDnsZones",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    "Microsoft.Network/privateDnsZones/A",
    "Microsoft.Network/privateDnsZones/AAAA",
    "Microsoft.Network/privateDnsZones/CNAME",
    "Microsoft.Network/privateEndpoints",
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    "Microsoft.Network/networkInterfaces",
    "Microsoft.Network/publicIPAddresses",
    "Microsoft.Network/publicIPPrefixes",
    "Microsoft.Network/natGateways",
    "Microsoft.Network/loadBalancers",
    "Microsoft.Network/virtualNetworkGateways",
    "Microsoft.Network/connections",
    "Microsoft.Network/localNetworkGateways",
    "Microsoft.Network/expressRouteCircuits",
    "Microsoft.Network/azureFirewalls",
    "Microsoft.Network/firewallPolicies",
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    "Microsoft.Network/ipGroups",
    "Microsoft.Network/virtualWans",
    "Microsoft.Network/virtualHubs",
    "Microsoft.Network/virtualHubs/bgpConnections",
    "Microsoft.Network/virtualHubs/ipConfigurations",
    "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
    "Microsoft.Network/virtualHubs/hubRouteTables",
    "Microsoft.Network/virtualHubs/routingIntent",
    "Microsoft.Network/dnsResolvers",
    "Microsoft.Network/dnsResolvers/inboundEndpoints",
    "Microsoft.Network/dnsResolvers/outboundEndpoints",
    "Microsoft.Network/dnsForwardingRulesets",
    "Microsoft.Network/dnsForwardingRulesets/forwardingRules",
    "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks",
    "Microsoft.Network/dnsResolverPolicies",
    "Microsoft.Network/dnsResolverPolicies/dnsSecurityRules",
    "Microsoft.Network/dnsResolverPolicies/virtualNetworkLinks",
    "Microsoft.Network/dnsResolverDomainLists",
    "Microsoft.Network/networkManagers",
    "Microsoft.Network/networkManagers/securityAdminConfigurations",
    "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections",
    "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules",
    "Microsoft.Network/networkManagers/networkGroups",
    "Microsoft.Network/networkManagers/networkGroups/staticMembers",
    "Microsoft.Network/networkManagers/connectivityConfigurations",
    "Microsoft.Network/effectiveSecurityAdminRules",
    "Microsoft.Network/effectiveConnectivityConfigurations",
    "Microsoft.Network/networkGroupMemberships",
    "Microsoft.Network/networkManagerConnections",
    "Microsoft.Compute/virtualMachines",
    "Microsoft.Resources/subscriptions",
    "Microsoft.Resources/subscriptions/resourceGroups",
    "Microsoft.Authorization/locks",
    "pgtopo/subnetusage",
)

#: Every kind of row that a complete collection reads, lower-case.
KINDS: tuple[str, ...] = tuple(spelling.lower() for spelling in SPELLING)


def arm_id(sub: str, rg: str, kind: str, *names: str) -> str:
    """The id of a resource, e.g. kind `Microsoft.Network/privateDnsZones/A` with two names."""
    provider, *types = kind.split("/")
    path = "".join(f"/{part}/{name}" for part, name in zip(types, names, strict=True))
    return f"/subscriptions/{sub}/resourceGroups/{rg}/providers/{provider}{path}"


def guid(*parts: str) -> str:
    """A GUID that depends on nothing but its parts."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return str(uuid.UUID(bytes=digest[:16], version=4))


def hex_label(server: str) -> str:
    """The kind of label under which Azure files an injected server in its private zone."""
    return hashlib.sha256(server.lower().encode()).hexdigest()[:12]


def last(resource_id: str) -> str:
    """The last segment of an id."""
    return resource_id.rsplit("/", 1)[-1]


def reference(resource_id: str | None) -> Row | None:
    """A sub-resource reference, or nothing."""
    return None if resource_id is None else {"id": resource_id}


def references(resource_ids: Iterable[str]) -> list[Row]:
    """A list of sub-resource references."""
    return [{"id": one} for one in resource_ids]


def present(**values: Any) -> Row:
    """The given values without those that are None: Azure leaves unset properties out."""
    return {key: value for key, value in values.items() if value is not None}


def child(parent: str, segment: str, name: str, properties: Row) -> Row:
    """An object nested in its parent's properties, with an id of its own."""
    base = {"provisioningState": "Succeeded"}
    return {"name": name, "id": f"{parent}/{segment}/{name}", "properties": base | properties}


def _either(single: str, plural: str, value: str | Sequence[str]) -> Row:
    """A text goes to the singular property, a list to the plural one."""
    if isinstance(value, str):
        return {single: value}
    return {plural: list(value)}


def _side(prefix: str, address: str | Sequence[str], groups: Sequence[str]) -> Row:
    """The address half of a rule, or its application security groups."""
    if groups:
        return {f"{prefix}ApplicationSecurityGroups": references(groups)}
    return _either(f"{prefix}AddressPrefix", f"{prefix}AddressPrefixes", address)


def rule(
    name: str,
    priority: int,
    access: str,
    direction: str = "Inbound",
    protocol: str = "Tcp",
    src: str | Sequence[str] = "*",
    dst: str | Sequence[str] = "*",
    ports: str | Sequence[str] = "*",
    src_ports: str | Sequence[str] = "*",
    src_asgs: Sequence[str] = (),
    dst_asgs: Sequence[str] = (),
) -> Row:
    """A custom security rule for `World.nsg`; a text makes the singular form, a list the plural."""
    properties = {
        "protocol": protocol,
        "access": access,
        "priority": priority,
        "direction": direction,
        **_side("source", src, src_asgs),
        **_side("destination", dst, dst_asgs),
        **_either("sourcePortRange", "sourcePortRanges", src_ports),
        **_either("destinationPortRange", "destinationPortRanges", ports),
    }
    return {"name": name, "properties": properties}


_DEFAULT_RULES: tuple[tuple[str, str, int, str, str, str], ...] = (
    ("AllowVnetInBound", "Inbound", 65000, "VirtualNetwork", "VirtualNetwork", "Allow"),
    ("AllowAzureLoadBalancerInBound", "Inbound", 65001, "AzureLoadBalancer", "*", "Allow"),
    ("DenyAllInBound", "Inbound", 65500, "*", "*", "Deny"),
    ("AllowVnetOutBound", "Outbound", 65000, "VirtualNetwork", "VirtualNetwork", "Allow"),
    ("AllowInternetOutBound", "Outbound", 65001, "*", "Internet", "Allow"),
    ("DenyAllOutBound", "Outbound", 65500, "*", "*", "Deny"),
)


def default_rules() -> list[Row]:
    """The six rules that every network security group ends with."""
    return [
        rule(name, priority, access, direction, "*", src, dst)
        for name, direction, priority, src, dst, access in _DEFAULT_RULES
    ]


def route(name: str, prefix: str, hop_type: str, hop_ip: str | None = None) -> Row:
    """A user-defined route for `World.route_table`."""
    properties: Row = {"addressPrefix": prefix, "nextHopType": hop_type, "hasBgpOverride": False}
    if hop_ip is not None:
        properties["nextHopIpAddress"] = hop_ip
    return {"name": name, "properties": properties}


def network_rule(
    name: str,
    sources: Sequence[str],
    destinations: Sequence[str],
    ports: Sequence[str] = ("5432",),
    protocols: Sequence[str] = ("TCP",),
    action: str = "Allow",
) -> Row:
    """A network rule for `World.rule_collections`; `action` picks the collection it lands in."""
    return {
        "name": name,
        "ruleType": "NetworkRule",
        "ipProtocols": list(protocols),
        "sourceAddresses": list(sources),
        "sourceIpGroups": [],
        "destinationAddresses": list(destinations),
        "destinationIpGroups": [],
        "destinationFqdns": [],
        "destinationPorts": list(ports),
        "action": action,
    }


def admin_rule(
    name: str,
    priority: int,
    access: str,
    direction: str = "Inbound",
    protocol: str = "Tcp",
    src: Sequence[str] = (),
    dst: Sequence[str] = (),
    ports: Sequence[str] = (),
    src_ports: Sequence[str] = (),
) -> Row:
    """A security admin rule for `World.admin_rules`; an empty list means any."""
    return {
        "name": name,
        "kind": "Custom",
        "properties": {
            "access": access,
            "direction": direction,
            "priority": priority,
            "protocol": protocol,
            "sources": [_admin_address(one) for one in src],
            "destinations": [_admin_address(one) for one in dst],
            "sourcePortRanges": list(src_ports),
            "destinationPortRanges": list(ports),
            "provisioningState": "Succeeded",
        },
    }


def _admin_address(text: str) -> Row:
    is_prefix = text == "*" or text[:1].isdigit()
    if text.startswith("/"):
        return {"addressPrefix": text, "addressPrefixType": "NetworkGroup"}
    return {"addressPrefix": text, "addressPrefixType": "IPPrefix" if is_prefix else "ServiceTag"}
