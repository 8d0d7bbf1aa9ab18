"""DNS security policies and forwarding rulesets between a client and its answer."""

from __future__ import annotations

import pytest

from pgtopo.analysis.verdict import Verdict
from tests.analysis.dns_questions import PARENT, SUFFIX, codes, name_of
from tests.examples.scene import ZONE, Scene
from tests.examples.test_name_examples import EndpointScene

ALLOWED, BLOCKED, UNKNOWN = Verdict.ALLOWED, Verdict.BLOCKED, Verdict.UNKNOWN


# -- DNS security policies -------------------------------------------------------------------------


def _policed(*rules: tuple[int, str, str], to: str = "a") -> Scene:
    """vnet-a and vnet-b see the zone; a policy with (priority, action, domain) covers one."""
    scene = Scene()
    scene.linked(scene.a, scene.b)
    policy = scene.dns_policy("pol", getattr(scene, to))
    for number, (priority, action, domain) in enumerate(rules):
        listed = scene.domain_list(f"list-{number}", domain)
        scene.dns_policy_rule(policy, f"rule-{number}", priority, action, listed)
    return scene


@pytest.mark.parametrize("domain", [f"{SUFFIX}.", "Azure.com.", ".", f"{ZONE}.", f"pg1.{SUFFIX}."])
def test_c2_policy_that_blocks_the_name(domain: str) -> None:
    found = name_of(_policed((100, "Block", domain)))
    assert (found.verdict, found.code) == (BLOCKED, "DNS_POLICY_BLOCKS")
    assert "pol" in found.text


@pytest.mark.parametrize("domain", ["windows.net.", f"pg2.{SUFFIX}.", "e.com."])
def test_c2_policy_about_other_names(domain: str) -> None:
    assert name_of(_policed((100, "Block", domain))).verdict is ALLOWED


def test_c2_policy_of_another_network() -> None:
    assert name_of(_policed((100, "Block", "."), to="b")).verdict is ALLOWED


def test_c2_lower_priority_number_decides() -> None:
    first_allow = ((100, "Allow", f"{SUFFIX}."), (200, "Block", "."))
    assert name_of(_policed(*first_allow)).verdict is ALLOWED
    first_block = ((300, "Alert", f"{SUFFIX}."), (200, "Block", "."))
    assert name_of(_policed(*first_block)).verdict is BLOCKED


def test_c2_disabled_rule_is_ignored() -> None:
    scene = _policed()
    policy = f"{scene.hub.split('/providers/')[0]}/providers/Microsoft.Network/dnsResolverPolicies"
    listed = scene.domain_list("all", ".")
    scene.dns_policy_rule(f"{policy}/pol", "off", 100, "Block", listed, state="Disabled")
    assert name_of(scene).verdict is ALLOWED


def test_c2_unreadable_domain_list() -> None:
    scene = _policed((100, "Block", "."))
    scene.remove(next(r["id"] for r in scene.rows if r["name"] == "list-0"))
    scene.denied("microsoft.network/dnsresolverdomainlists")
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "DNS_POLICY_NOT_READ")


def test_c2_unreadable_list_behind_one_that_decides() -> None:
    scene = _policed((100, "Block", f"{SUFFIX}."), (200, "Allow", "."))
    scene.remove(next(r["id"] for r in scene.rows if r["name"] == "list-1"))
    assert name_of(scene).verdict is BLOCKED


def test_c2_policy_rules_not_read() -> None:
    scene = _policed()
    scene.denied("microsoft.network/dnsresolverpolicies/dnssecurityrules")
    assert name_of(scene).code == "DNS_POLICY_NOT_READ"


# -- forwarding rulesets ---------------------------------------------------------------------------


def _ruled(*rules: tuple[str, str], linked: bool = True, state: str = "Enabled") -> Scene:
    """vnet-a uses a ruleset of the hub with (domain, target) rules."""
    scene = Scene().spokes()
    subnet = scene.subnet(scene.hub, "snet-dns-out", "10.0.3.0/28", delegation="dns")
    ruleset = scene.ruleset("frs", scene.outbound(scene.resolver("out", scene.hub), subnet))
    for number, (domain, target) in enumerate(rules):
        targets = [target] if target else []
        scene.forwarding_rule(ruleset, f"rule-{number}", domain, *targets, state=state)
    scene.ruleset_link(ruleset, scene.a)
    if linked:
        scene.linked(scene.a)
    return scene


def test_g20_wildcard_rule_leaves_azure_names_alone() -> None:
    assert name_of(_ruled((".", "10.9.9.9"))).verdict is ALLOWED


def test_g20_rule_for_the_suffix_sends_the_query_on_premises() -> None:
    found = name_of(_ruled((".", "10.9.9.9"), (f"{SUFFIX.upper()}.", "10.9.9.9")))
    assert found.verdict is UNKNOWN
    assert "rule-1" in found.text
    assert "10.9.9.9" in found.text


def test_j18_rule_for_the_target_of_the_alias() -> None:
    assert name_of(_ruled((f"{PARENT}.", "10.9.9.9"), linked=False)).verdict is UNKNOWN
    assert name_of(_ruled((f"{PARENT}.", "10.9.9.9"), linked=True)).verdict is ALLOWED


def test_wildcard_rule_takes_a_zone_outside_azure_domains() -> None:
    scene = _ruled((".", "10.9.9.9"), linked=False)
    zone = scene.zone("pg.corp.example")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone
    assert name_of(scene).verdict is UNKNOWN


def test_r04_disabled_rule_is_ignored() -> None:
    scene = _ruled((f"{SUFFIX}.", "10.9.9.9"), state="Disabled")
    assert name_of(scene).verdict is ALLOWED


def test_c2_zone_link_goes_before_a_rule_for_the_same_name() -> None:
    scene = _ruled((f"{PARENT}.", "10.9.9.9"), (f"{ZONE}.", "10.9.9.9"))
    assert name_of(scene).verdict is ALLOWED


def _hub_answers(scene: Scene, *, ruleset_on_hub: bool = False) -> Scene:
    subnet = scene.subnet(scene.hub, "snet-dns-in", "10.0.2.0/28", delegation="dns")
    scene.inbound(scene.resolver("in", scene.hub), subnet, "10.0.2.4")
    if ruleset_on_hub:
        ruleset = next(r["id"] for r in scene.rows if r["name"] == "frs")
        scene.ruleset_link(ruleset, scene.hub)
    return scene


def test_rule_to_an_inbound_endpoint_asks_as_its_network_sees_it() -> None:
    scene = _hub_answers(_ruled((f"{SUFFIX}.", "10.0.2.4"), linked=False))
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "ZONE_NOT_LINKED")
    assert "vnet-hub" in found.text
    scene.linked(scene.hub)
    found = name_of(scene)
    assert (found.verdict, found.answers) == (ALLOWED, ("10.2.1.5",))
    assert any("rule-0" in hop.text for hop in found.hops)


def test_longest_suffix_wins() -> None:
    scene = _hub_answers(_ruled((f"{SUFFIX}.", "10.9.9.9"), (f"pg1.{SUFFIX}.", "10.0.2.4")))
    scene.linked(scene.hub)
    assert name_of(scene).verdict is ALLOWED


def test_j19_j60_loop_in_the_network_of_the_endpoint_itself() -> None:
    scene = _hub_answers(_ruled((f"{SUFFIX}.", "10.0.2.4"), linked=False), ruleset_on_hub=True)
    scene.linked(scene.hub)
    ops = scene.subnet(scene.hub, "snet-ops", "10.0.9.0/24")
    scene.vm("vm-ops", scene.nic("nic-ops", ops, "10.0.9.4"))
    found = name_of(scene, "vm-ops")
    assert (found.verdict, found.code) == (BLOCKED, "RULE_LOOP")


def test_j60_rule_for_the_zone_only_meets_no_loop() -> None:
    scene = _hub_answers(_ruled((f"{ZONE}.", "10.0.2.4"), linked=False), ruleset_on_hub=True)
    scene.linked(scene.hub)
    ops = scene.subnet(scene.hub, "snet-ops", "10.0.9.0/24")
    scene.vm("vm-ops", scene.nic("nic-ops", ops, "10.0.9.4"))
    assert name_of(scene, "vm-ops").verdict is ALLOWED
    assert name_of(scene, "vm-a").verdict is ALLOWED


def test_j51_rule_without_a_target() -> None:
    found = name_of(_ruled((f"{SUFFIX}.", "")))
    assert (found.verdict, found.code) == (BLOCKED, "RULE_WITHOUT_TARGET")


def test_azure_dns_as_target_is_not_believed() -> None:
    assert name_of(_ruled((f"{SUFFIX}.", "168.63.129.16"))).code == "RULE_TARGET_INVALID"


def test_rules_of_a_linked_ruleset_not_read() -> None:
    scene = _ruled()
    scene.denied("microsoft.network/dnsforwardingrulesets/forwardingrules")
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "RULESETS_NOT_READ")


def test_outbound_endpoint_not_read() -> None:
    scene = _ruled((f"{SUFFIX}.", "10.0.2.4"))
    scene.remove(next(r["id"] for r in scene.rows if r["type"].endswith("/outboundendpoints")))
    assert name_of(scene).code == "OUTBOUND_NOT_READ"


def test_r10_rule_target_out_of_reach() -> None:
    """The hub has a rule to a resolver in a network that it is not peered with."""
    scene = _ruled((f"{SUFFIX}.", "10.5.1.4"))
    far = scene.vnet("vnet-far", "10.5.0.0/16")
    subnet = scene.subnet(far, "snet-dns", "10.5.1.0/28", delegation="dns")
    scene.inbound(scene.resolver("far", far), subnet, "10.5.1.4")
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "DNS_SERVER_UNREACHABLE")


def test_ruleset_in_an_unread_subscription_is_an_assumption() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a)
    for entry in scene.coverage:
        if "dnsforwardingrulesets" in entry["kind"]:
            entry["scope"] = f"/subscriptions/{scene.sub}"
    found = name_of(scene)
    assert found.verdict is ALLOWED
    assert codes(found) == {"OTHER_SCOPES_UNSEEN"}
