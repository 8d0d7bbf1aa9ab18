"""The first proof of a finding is what decided, and names where it is seen."""

from __future__ import annotations

from pgtopo.analysis.facts import Facts
from pgtopo.checks.dns.zone_link_not_ready import zone_link_not_ready
from pgtopo.checks.resolver.resolver_subnet_unsuitable import resolver_subnet_unsuitable
from pgtopo.checks.resolver.ruleset_near_limit import ruleset_near_limit
from pgtopo.checks.runner import run
from pgtopo.model.ids import fold
from tests.checks.cases.resolver.ruleset_near_limit import many_rules_links_unread
from tests.checks.homes import injected
from tests.estates.world import World


def test_a_link_that_was_not_provisioned_is_proved_by_that_state_first() -> None:
    home = injected()
    home.world.properties(home.link)["provisioningState"] = "Failed"
    (finding,) = run(Facts(home.world.topology()), [zone_link_not_ready]).findings
    first, second = finding.evidence
    assert (first.property, first.value) == ("properties.provisioningState", "Failed")
    assert (second.property, second.value) == ("properties.virtualNetworkLinkState", "Completed")


def test_a_shared_subnet_is_proved_by_what_else_lives_there() -> None:
    world = World()
    network = world.vnet("vnet-hub", "10.0.0.0/16")
    subnet = world.subnet(network, "snet-dns", "10.0.5.0/28", delegation="dns")
    resolver = world.resolver("dnspr", network)
    inbound = world.inbound(resolver, subnet, "10.0.5.4")
    outbound = world.outbound(resolver, subnet)
    findings = run(Facts(world.topology()), [resolver_subnet_unsuitable]).findings
    proofs = {finding.subject: finding.evidence for finding in findings}
    (of_inbound,), (of_outbound,) = proofs[fold(inbound)], proofs[fold(outbound)]
    assert (of_inbound.resource, of_inbound.property) == (fold(outbound), "properties.subnet.id")
    assert of_outbound.resource == fold(inbound)
    assert of_inbound.value == of_outbound.value == subnet


def test_a_full_list_of_a_ruleset_does_not_hide_that_the_other_was_not_read() -> None:
    world = many_rules_links_unread()
    found = run(Facts(world.topology()), [ruleset_near_limit]).findings
    full, unread = sorted(found, key=lambda one: one.outcome.value)
    assert (full.outcome.value, full.evidence[0].property) == ("fail", "forwardingRules")
    assert full.evidence[0].value == 900
    assert (unread.outcome.value, unread.discriminator) == ("unknown", "links")
    assert unread.settle_with
