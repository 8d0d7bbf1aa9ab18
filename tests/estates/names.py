"""Private DNS zones, records, resolvers, rulesets and DNS security policies."""

from __future__ import annotations

from typing import Any

from tests.estates.base import WorldBase
from tests.estates.rows import Row, last, references

_ZONES = "Microsoft.Network/privateDnsZones"
_RESOLVERS = "Microsoft.Network/dnsResolvers"
_RULESETS = "Microsoft.Network/dnsForwardingRulesets"
_POLICIES = "Microsoft.Network/dnsResolverPolicies"


class NameParts(WorldBase):
    """Everything that answers for a name."""

    def zone(self, name: str, **props: Any) -> str:
        """A private DNS zone."""
        props.setdefault("location", "global")
        properties = {
            "provisioningState": "Succeeded",
            "maxNumberOfRecordSets": 25000,
            "numberOfRecordSets": 1,
            "maxNumberOfVirtualNetworkLinks": 1000,
            "numberOfVirtualNetworkLinks": 0,
            "maxNumberOfVirtualNetworkLinksWithRegistration": 100,
            "numberOfVirtualNetworkLinksWithRegistration": 0,
        }
        return self._add(_ZONES, name, properties, props)

    def link(self, zone: str, vnet: str, name: str | None = None, **props: Any) -> str:
        """A virtual network link of a zone."""
        props.setdefault("location", "global")
        properties = {
            "provisioningState": "Succeeded",
            "registrationEnabled": False,
            "resolutionPolicy": "Default",
            "virtualNetwork": {"id": vnet},
            "virtualNetworkLinkState": "Completed",
        }
        self._count(zone, "numberOfVirtualNetworkLinks")
        name = name or f"link-{last(vnet)}"
        return self._add_child(zone, f"{_ZONES}/virtualNetworkLinks", name, properties, props)

    def a_record(self, zone: str, label: str, *ips: str, ttl: int = 30, **props: Any) -> str:
        """An A record set."""
        properties = _record(zone, label, ttl)
        properties["aRecords"] = [{"ipv4Address": ip} for ip in ips]
        self._count(zone, "numberOfRecordSets")
        return self._add_child(zone, f"{_ZONES}/A", label, properties, props)

    def aaaa_record(self, zone: str, label: str, *ips: str, ttl: int = 30, **props: Any) -> str:
        """An AAAA record set."""
        properties = _record(zone, label, ttl)
        properties["aaaaRecords"] = [{"ipv6Address": ip} for ip in ips]
        self._count(zone, "numberOfRecordSets")
        return self._add_child(zone, f"{_ZONES}/AAAA", label, properties, props)

    def cname_record(self, zone: str, label: str, target: str, ttl: int = 30, **props: Any) -> str:
        """A CNAME record."""
        properties = _record(zone, label, ttl)
        properties["cnameRecord"] = {"cname": target}
        self._count(zone, "numberOfRecordSets")
        return self._add_child(zone, f"{_ZONES}/CNAME", label, properties, props)

    def _count(self, zone: str, counter: str) -> None:
        if self.has(zone):
            properties = self.properties(zone)
            properties[counter] = properties.get(counter, 0) + 1

    # Resolvers

    def resolver(self, name: str, vnet: str, **props: Any) -> str:
        """A DNS private resolver in a network."""
        props.setdefault("location", self._home(vnet))
        properties = {
            "provisioningState": "Succeeded",
            "dnsResolverState": "Connected",
            "virtualNetwork": {"id": vnet},
        }
        return self._add(_RESOLVERS, name, properties, props)

    def inbound(
        self, resolver: str, subnet: str, ip: str, name: str = "inbound", **props: Any
    ) -> str:
        """An inbound endpoint of a resolver."""
        props.setdefault("location", self._home(subnet))
        allocation = props.pop("allocation", "Static")
        properties = {
            "provisioningState": "Succeeded",
            "ipConfigurations": [
                {
                    "subnet": {"id": subnet},
                    "privateIpAddress": ip,
                    "privateIpAllocationMethod": allocation,
                }
            ],
        }
        return self._add_child(resolver, f"{_RESOLVERS}/inboundEndpoints", name, properties, props)

    def outbound(self, resolver: str, subnet: str, name: str = "outbound", **props: Any) -> str:
        """An outbound endpoint of a resolver."""
        props.setdefault("location", self._home(subnet))
        properties = {"provisioningState": "Succeeded", "subnet": {"id": subnet}}
        return self._add_child(resolver, f"{_RESOLVERS}/outboundEndpoints", name, properties, props)

    def ruleset(self, name: str, *outbound: str, **props: Any) -> str:
        """A DNS forwarding ruleset that sends through outbound endpoints."""
        if outbound and self.has(outbound[0]):
            props.setdefault("location", self.row(outbound[0])["location"])
        properties = {
            "provisioningState": "Succeeded",
            "dnsResolverOutboundEndpoints": references(outbound),
        }
        return self._add(_RULESETS, name, properties, props)

    def forwarding_rule(
        self,
        ruleset: str,
        name: str,
        domain: str,
        *targets: str,
        state: str = "Enabled",
        **props: Any,
    ) -> str:
        """A forwarding rule for a domain (with its trailing dot) to DNS servers."""
        properties = {
            "provisioningState": "Succeeded",
            "domainName": domain,
            "forwardingRuleState": state,
            "targetDnsServers": [{"ipAddress": target, "port": 53} for target in targets],
        }
        return self._add_child(ruleset, f"{_RULESETS}/forwardingRules", name, properties, props)

    def ruleset_link(self, ruleset: str, vnet: str, name: str | None = None, **props: Any) -> str:
        """The link of a ruleset to a network."""
        properties = {"provisioningState": "Succeeded", "virtualNetwork": {"id": vnet}}
        name = name or f"link-{last(vnet)}"
        return self._add_child(ruleset, f"{_RULESETS}/virtualNetworkLinks", name, properties, props)

    # DNS security policies

    def dns_policy(self, name: str, *vnets: str, **props: Any) -> str:
        """A DNS security policy, linked to networks."""
        properties = {"provisioningState": "Succeeded"}
        policy = self._add(_POLICIES, name, properties, props)
        for vnet in vnets:
            self.dns_policy_link(policy, vnet)
        return policy

    def dns_policy_link(self, policy: str, vnet: str, name: str | None = None, **props: Any) -> str:
        """The link of a DNS security policy to a network."""
        properties = {"provisioningState": "Succeeded", "virtualNetwork": {"id": vnet}}
        name = name or f"link-{last(vnet)}"
        kind = f"{_POLICIES}/virtualNetworkLinks"
        props.setdefault("location", self._home(vnet))
        return self._add_child(policy, kind, name, properties, props)

    def domain_list(self, name: str, *domains: str, **props: Any) -> str:
        """A list of domains (with trailing dots) for DNS security rules."""
        properties = {"provisioningState": "Succeeded", "domains": list(domains)}
        return self._add("Microsoft.Network/dnsResolverDomainLists", name, properties, props)

    def dns_policy_rule(
        self,
        policy: str,
        name: str,
        priority: int,
        action: str,
        *lists: str,
        state: str = "Enabled",
        **props: Any,
    ) -> str:
        """A rule of a DNS security policy: Allow, Alert or Block for domain lists."""
        properties = {
            "provisioningState": "Succeeded",
            "priority": priority,
            "action": {"actionType": action},
            "dnsResolverDomainLists": references(lists),
            "dnsSecurityRuleState": state,
        }
        kind = f"{_POLICIES}/dnsSecurityRules"
        props.setdefault("location", self.location)
        return self._add_child(policy, kind, name, properties, props)


def _record(zone: str, label: str, ttl: int) -> Row:
    return {"ttl": ttl, "fqdn": f"{label}.{last(zone)}.", "isAutoRegistered": False}
