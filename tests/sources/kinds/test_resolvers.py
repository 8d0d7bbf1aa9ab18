"""DNS private resolvers, rulesets and DNS security policies."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.model.dns import (
    DnsDomainList,
    DnsPolicy,
    DnsPolicyLink,
    DnsPolicyRule,
    DnsResolver,
    ForwardingRule,
    ForwardingRuleset,
    InboundEndpoint,
    OutboundEndpoint,
    RulesetLink,
)
from pgtopo.model.ids import fold
from tests.sources.kinds.reading import NET, SUBNET, VNET, one, read, ref

RESOLVER = f"{NET}/dnsResolvers/dnspr-hub"
RULESET = f"{NET}/dnsForwardingRulesets/rules-hub"
POLICY = f"{NET}/dnsResolverPolicies/policy-hub"


def row(arm_id: str, arm_type: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": arm_id,
        "name": arm_id.rsplit("/", 1)[-1],
        "type": f"microsoft.network/{arm_type}",
        "location": "westeurope",
        "properties": properties,
    }


def test_a_resolver() -> None:
    made = row(RESOLVER, "dnsresolvers", virtualNetwork=ref(VNET), dnsResolverState="Connected")
    found = one(made, DnsResolver)
    assert (found.network, found.state) == (fold(VNET), "Connected")


@pytest.mark.parametrize("key", ["privateIpAddress", "privateIPAddress"])
def test_quirk_74_an_inbound_endpoint_in_either_spelling(key: str) -> None:
    held = {key: "10.0.3.4", "subnet": ref(SUBNET), "privateIpAllocationMethod": "Static"}
    made = row(
        f"{RESOLVER}/inboundEndpoints/in",
        "dnsresolvers/inboundendpoints",
        ipConfigurations=[None, held],
    )
    found = one(made, InboundEndpoint)
    assert (found.resolver, found.addresses) == (fold(RESOLVER), ("10.0.3.4",))
    assert (found.subnets, found.allocation) == ((fold(SUBNET),), "Static")


def test_an_outbound_endpoint() -> None:
    made = row(
        f"{RESOLVER}/outboundEndpoints/out", "dnsresolvers/outboundendpoints", subnet=ref(SUBNET)
    )
    found = one(made, OutboundEndpoint)
    assert (found.resolver, found.subnet) == (fold(RESOLVER), fold(SUBNET))


def test_quirk_74_a_ruleset_needs_no_link() -> None:
    out = f"{RESOLVER}/outboundEndpoints/out"
    made = row(RULESET, "dnsforwardingrulesets", dnsResolverOutboundEndpoints=[ref(out), None])
    assert one(made, ForwardingRuleset).outbound_endpoints == (fold(out),)


def rule(domain: Any, **properties: Any) -> dict[str, Any]:
    return row(
        f"{RULESET}/forwardingRules/contoso",
        "dnsforwardingrulesets/forwardingrules",
        domainName=domain,
        **properties,
    )


def test_a_forwarding_rule() -> None:
    targets = [{"ipAddress": "10.50.0.4", "port": 53}, None, {"ipAddress": "10.50.0.5"}]
    made = rule("Corp.Contoso.com.", forwardingRuleState="Enabled", targetDnsServers=targets)
    found = one(made, ForwardingRule)
    assert (found.ruleset, found.domain) == (fold(RULESET), "corp.contoso.com")
    assert found.is_enabled
    assert found.targets == ("10.50.0.4", "10.50.0.5")


def test_quirk_74_a_disabled_rule_and_the_wildcard() -> None:
    assert not one(rule("contoso.com.", forwardingRuleState="Disabled"), ForwardingRule).is_enabled
    wildcard = one(rule("."), ForwardingRule)
    assert (wildcard.domain, wildcard.is_enabled, wildcard.targets) == ("", True, ())


@pytest.mark.parametrize("domain", [None, "", {}])
def test_a_rule_without_a_domain_does_not_become_the_wildcard(domain: Any) -> None:
    found = read(rule(domain))
    assert found.of(ForwardingRule) == []
    assert "properties.domainName" in {issue.path for issue in found.issues}


def test_a_ruleset_link() -> None:
    made = row(
        f"{RULESET}/virtualNetworkLinks/l",
        "dnsforwardingrulesets/virtualnetworklinks",
        virtualNetwork=ref(VNET),
        provisioningState="Succeeded",
    )
    found = one(made, RulesetLink)
    assert (found.ruleset, found.network, found.provisioning) == (
        fold(RULESET),
        fold(VNET),
        "Succeeded",
    )


def test_a_dns_security_policy_with_its_parts() -> None:
    domains = f"{NET}/dnsResolverDomainLists/bad"
    assert one(row(POLICY, "dnsresolverpolicies"), DnsPolicy).name == "policy-hub"
    made = row(
        f"{POLICY}/dnsSecurityRules/block",
        "dnsresolverpolicies/dnssecurityrules",
        priority=100,
        action={"actionType": "Block", "blockResponseCode": "SERVFAIL"},
        dnsSecurityRuleState="Enabled",
        dnsResolverDomainLists=[ref(domains)],
    )
    found = one(made, DnsPolicyRule)
    assert (found.policy, found.priority, found.action) == (fold(POLICY), 100, "Block")
    assert (found.is_enabled, found.domain_lists) == (True, (fold(domains),))
    made["properties"]["dnsSecurityRuleState"] = "Disabled"
    assert not one(made, DnsPolicyRule).is_enabled
    link = row(
        f"{POLICY}/virtualNetworkLinks/l",
        "dnsresolverpolicies/virtualnetworklinks",
        virtualNetwork=ref(VNET),
    )
    held = one(link, DnsPolicyLink)
    assert (held.policy, held.network) == (fold(POLICY), fold(VNET))


@pytest.mark.parametrize(
    ("domains", "expected"),
    [
        (["Bad.Example.", None, "."], ("bad.example", "")),
        ([], ()),
        (None, None),
    ],
)
def test_a_domain_list(domains: Any, expected: Any) -> None:
    made = row(f"{NET}/dnsResolverDomainLists/bad", "dnsresolverdomainlists", domains=domains)
    assert one(made, DnsDomainList).domains == expected
