"""A forwarding rule to an inbound endpoint that does not see the servers' zones."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import forwarding
from pgtopo.checks.rulesets import (
    ambiguous_target,
    captured_zones,
    inbound_targets,
    server_rules,
)
from pgtopo.model.dns import ForwardingRule, ZoneLink


@check(
    id="PGT202",
    slug="forwarding-target-without-zone",
    family=Family.RESOLVER,
    title="Forwarding rule leads to a resolver that does not see the servers' zones",
    severity=Severity.ERROR,
    grading="Error where it sees no zone of the servers the rule is for; warning where it sees"
    " some of them.",
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Enabled rules for servers' names whose target is an inbound endpoint: whether the"
    " zones of injected servers are linked to the endpoint's network.",
    why="An inbound endpoint answers as its own network would. A zone that is not linked there is"
    " not seen through it either.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns link vnet list --resource-group <group> --zone-name <zone>"
    " --query '[].virtualNetwork.id'",
    fix="az network private-dns link vnet create --resource-group <group> --zone-name <zone>"
    " --name <link> --virtual-network <resolver's network id> --registration-enabled false",
    unknown_when="The links of a zone that seems to lack one were not read, or several things have"
    " the target's address.",
    sources=(
        "Azure DNS Private Resolver endpoints and rulesets:"
        " https://learn.microsoft.com/azure/dns/private-resolver-endpoints-rulesets",
    ),
    remedy=forwarding.link_zones_of_target,
    subject=ForwardingRule,
    over=server_rules,
)
def forwarding_target_without_zone(facts: Facts, rule: ForwardingRule) -> Outcome:
    """Whether every target that is an inbound endpoint sees the zones, one answer per target."""
    zones = captured_zones(facts, rule)
    targets = list(inbound_targets(facts, rule)) if rule.is_enabled else []
    if not rule.is_enabled or not zones:
        return NOT_APPLICABLE
    if not targets:
        return ambiguous_target(facts, rule) or NOT_APPLICABLE
    found = []
    for address, endpoint, network in targets:
        seen = {link.zone for link in facts.topology.links_of_network(network)}
        unseen = sorted(zones - seen)
        if not unseen:
            continue
        for zone in unseen:
            missing = unread(facts, ZoneLink.KIND, zone)
            if missing is not None:
                return missing
        found.append(
            Fail(
                message=f"Rule {rule.name} sends {rule.domain} to {address} in"
                f" {called(facts, network)}, which does not see {called(facts, unseen[0])}"
                f"{_more(len(unseen) - 1)}.",
                severity=Severity.ERROR if len(unseen) == len(zones) else Severity.WARNING,
                evidence=(Evidence(rule.id, "properties.targetDnsServers", list(rule.targets)),),
                related=(endpoint, network, *unseen),
                discriminator=address,
                cause=unseen[0],
            )
        )
    return tuple(found) or ambiguous_target(facts, rule) or OK


def _more(count: int) -> str:
    many = "zone" if count == 1 else "zones"
    return f" and {count:,} more {many}" if count else ""
