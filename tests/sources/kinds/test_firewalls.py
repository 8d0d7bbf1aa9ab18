"""Azure Firewalls, policies, rule collection groups and IP groups."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.firewall import AzureFirewall, FirewallPolicy, IpGroup, RuleCollectionGroup
from pgtopo.model.ids import fold
from tests.sources.kinds.reading import NET, VNET, one, read, ref

POLICY = f"{NET}/firewallPolicies/afwp-hub"
IP_GROUP = f"{NET}/ipGroups/ipg-servers"
FIREWALL_SUBNET = f"{VNET}/subnets/AzureFirewallSubnet"


def firewall(**properties: Any) -> dict[str, Any]:
    body = {
        "sku": {"name": "AZFW_VNet", "tier": "Premium"},
        "firewallPolicy": ref(POLICY),
        "ipConfigurations": [
            {
                "name": "first",
                "properties": {
                    "privateIPAddress": "10.0.1.4",
                    "subnet": ref(FIREWALL_SUBNET),
                    "publicIPAddress": ref(f"{NET}/publicIPAddresses/pip-1"),
                },
            },
            {
                "name": "second",
                "properties": {"publicIPAddress": ref(f"{NET}/publicIPAddresses/pip-2")},
            },
        ],
        **properties,
    }
    return {
        "id": f"{NET}/azureFirewalls/afw-hub",
        "name": "afw-hub",
        "type": "microsoft.network/azurefirewalls",
        "properties": body,
    }


def test_a_firewall_in_a_subnet() -> None:
    found = one(firewall(), AzureFirewall)
    assert (found.policy, found.hub, found.tier) == (fold(POLICY), None, "Premium")
    assert (found.addresses, found.subnets) == ((0x0A000104,), (fold(FIREWALL_SUBNET),))
    assert found.public_ips == (
        fold(f"{NET}/publicIPAddresses/pip-1"),
        fold(f"{NET}/publicIPAddresses/pip-2"),
    )
    assert (found.has_dns_proxy, found.dns_servers, found.snat_private_ranges) == (None, (), None)


def test_classic_settings_and_rules() -> None:
    rule = {
        "name": "app-to-pg",
        "protocols": ["TCP"],
        "sourceAddresses": ["10.20.0.0/16"],
        "sourceIpGroups": [],
        "destinationIpGroups": [IP_GROUP],
        "destinationFqdns": ["Psql.Example."],
        "destinationPorts": ["5432", "6432"],
    }
    collection = {
        "name": "pg",
        "properties": {"priority": 200, "action": {"type": "Allow"}, "rules": [None, rule]},
    }
    row = firewall(
        firewallPolicy=None,
        networkRuleCollections=[collection, {"name": "bare"}, None],
        additionalProperties={
            "Network.DNS.EnableProxy": "true",
            "Network.DNS.Servers": "10.0.0.4, 10.0.0.5",
            "Network.SNAT.PrivateRanges": "10.0.0.0/8,192.168.0.0/16",
        },
    )
    found = one(row, AzureFirewall)
    first, bare = found.collections
    assert (first.name, first.priority, first.action) == ("pg", 200, "Allow")
    assert (bare.priority, bare.action, bare.network_rules) == (65000, "", ())
    (made,) = first.network_rules
    assert (made.protocols, made.sources, made.ports) == (
        ("TCP",),
        ("10.20.0.0/16",),
        ("5432", "6432"),
    )
    assert made.destination_groups == (fold(IP_GROUP),)
    assert made.destination_fqdns == ("psql.example",)
    assert found.has_dns_proxy is True
    assert found.dns_servers == ("10.0.0.4", "10.0.0.5")
    assert found.snat_private_ranges == ("10.0.0.0/8", "192.168.0.0/16")


def test_quirk_32_a_firewall_in_no_subnet_and_without_address() -> None:
    found = one(firewall(ipConfigurations=[]), AzureFirewall)
    assert (found.addresses, found.subnets, found.public_ips) == ((), (), ())
    bare = [{"name": "a", "properties": {"subnet": ref(FIREWALL_SUBNET)}}, {"name": "b"}]
    found = one(firewall(ipConfigurations=bare), AzureFirewall)
    assert (found.addresses, found.subnets) == ((), (fold(FIREWALL_SUBNET),))


def test_quirk_32_a_firewall_in_a_hub() -> None:
    hub = f"{NET}/virtualHubs/hub-weu"
    row = firewall(virtualHub=ref(hub), hubIPAddresses={"privateIPAddress": "10.100.64.4"})
    del row["properties"]["ipConfigurations"]
    found = one(row, AzureFirewall)
    assert (found.hub, found.addresses) == (fold(hub), (0x0A644004,))


def test_quirk_12_a_policy_is_found_whatever_the_case_of_its_group() -> None:
    lowered = POLICY.replace("/resourceGroups/", "/resourcegroups/")
    row = policy() | {"id": lowered, "type": "Microsoft.Network/FirewallPolicies"}
    assert one(row, FirewallPolicy).id == one(firewall(), AzureFirewall).policy


def policy(**properties: Any) -> dict[str, Any]:
    return {
        "id": POLICY,
        "name": "afwp-hub",
        "type": "microsoft.network/firewallpolicies",
        "properties": properties,
    }


def test_a_policy() -> None:
    base = f"{NET}/firewallPolicies/afwp-base"
    row = policy(
        basePolicy=ref(base),
        ruleCollectionGroups=[ref(f"{POLICY}/ruleCollectionGroups/pg")],
        dnsSettings={"servers": ["10.0.0.4"], "enableProxy": True},
        snat={"privateRanges": ["IANAPrivateRanges"]},
        threatIntelMode="Deny",
    )
    found = one(row, FirewallPolicy)
    assert (found.base, found.groups) == (
        fold(base),
        (fold(f"{POLICY}/ruleCollectionGroups/pg"),),
    )
    assert (found.has_dns_proxy, found.dns_servers) == (True, ("10.0.0.4",))
    assert (found.snat_private_ranges, found.threat_mode) == (("IANAPrivateRanges",), "Deny")


@pytest.mark.parametrize(
    ("dns", "proxy"), [(None, None), ({}, False), ({"servers": ["10.0.0.4"]}, False)]
)
def test_a_policys_dns_proxy_is_off_unless_switched_on(
    dns: dict[str, Any] | None, proxy: bool | None
) -> None:
    found = one(policy(dnsSettings=dns, snat={}), FirewallPolicy)
    assert (found.has_dns_proxy, found.snat_private_ranges) == (proxy, None)


def group(*collections: Any, **properties: Any) -> dict[str, Any]:
    return {
        "id": f"{POLICY}/ruleCollectionGroups/pg",
        "name": "pg",
        "type": "microsoft.network/firewallpolicies/rulecollectiongroups",
        "properties": {"priority": 300, "ruleCollections": list(collections), **properties},
    }


def test_a_rule_collection_group() -> None:
    network = {
        "ruleType": "NetworkRule",
        "name": "pg",
        "ipProtocols": ["TCP", "UDP"],
        "sourceIpGroups": [IP_GROUP, "string"],
        "destinationAddresses": ["Storage.WestEurope", None],
        "destinationPorts": ["5432-6432"],
    }
    collection = {
        "name": "allow",
        "priority": 110,
        "action": {"type": "Allow"},
        "rules": [network, {"ruleType": "ApplicationRule", "name": "web"}, None],
    }
    found = read(group(collection, None, {"action": None}))
    (held,) = found.of(RuleCollectionGroup)
    assert (held.policy, held.priority) == (fold(POLICY), 300)
    first, bare = held.collections
    (made,) = first.network_rules
    assert (made.protocols, made.source_groups) == (("TCP", "UDP"), (fold(IP_GROUP),))
    assert (made.destinations, made.ports) == (("Storage.WestEurope",), ("5432-6432",))
    assert first.has_other_rules
    assert (bare.priority, bare.action, bare.has_other_rules) == (65000, "", False)
    assert [issue.path for issue in found.issues] == [
        "properties.ruleCollections.rules.sourceIpGroups"
    ]


def test_an_ip_group() -> None:
    row = {
        "id": IP_GROUP,
        "type": "microsoft.network/ipgroups",
        "properties": {"ipAddresses": ["10.20.1.0/28", None, "10.20.9.4"]},
    }
    assert one(row, IpGroup).addresses == ("10.20.1.0/28", "10.20.9.4")
    assert one(row | {"properties": None}, IpGroup).addresses == ()
