"""How Azure DNS of one network answers for a server's name.

Azure rule: first the private zones linked to the network, then its forwarding rulesets, then public
DNS ("What is Azure DNS Private Resolver?", Microsoft Learn); the target of an alias found in public
DNS is looked up anew in the same order. A DNS security policy of the network comes before all.
"""

import msgspec

from pgtopo.analysis.assumptions import assume, stated
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.answer import AnswerKind, DnsAnswer, Hop
from pgtopo.analysis.names.basis import rests_on
from pgtopo.analysis.names.forwarder import by_machine, by_unknown
from pgtopo.analysis.names.forwarding import forward_place, rule_evidence
from pgtopo.analysis.names.naming import Name, Naming
from pgtopo.analysis.names.policy import PolicyDecision, decide_name
from pgtopo.analysis.names.public import not_linked_endpoint, public_dns, without_zone
from pgtopo.analysis.names.resolvers import Resolver, ResolverKind, follow
from pgtopo.analysis.names.rulesets import RuleChoice, rule_for
from pgtopo.analysis.names.say import (
    NO_ANSWER,
    NO_NAME,
    blocked,
    linked_networks,
    past_the_endpoint,
    public_address,
    unknown,
    with_more,
)
from pgtopo.analysis.names.zone_answers import (
    ZoneSays,
    ask_zones,
    hidden_zone,
    is_hidden,
    links_unread,
)
from pgtopo.analysis.names.zones import (
    LinkedZone,
    covering,
    unread_links_over,
    zone_domain,
    zones_over,
)
from pgtopo.analysis.seen import Absence, absence
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.analysis.wording import called
from pgtopo.model.dns import ForwardingRule, PrivateZone, ZoneLink
from pgtopo.model.ids import ArmId

Seen = frozenset[tuple[ArmId, str]]


def azure_answer(
    facts: Facts, network: ArmId, naming: Naming, name: Name, seen: Seen = frozenset()
) -> DnsAnswer:
    """What Azure DNS of a network answers for a name of a server."""
    if not seen:
        key = (network, naming.server, name.text)
        return facts.once("azure answer", key, lambda: _ask(facts, network, naming, name, seen))
    return _ask(facts, network, naming, name, seen)


def _ask(facts: Facts, network: ArmId, naming: Naming, name: Name, seen: Seen) -> DnsAnswer:
    here = (network, name.text)
    if here in seen:
        text = f"The query for {name.text} comes back to {called(facts, network)}: a loop."
        return blocked("RULE_LOOP", text, Evidence(network, "forwarding rulesets"))
    answer = _ordered(facts, network, naming, name, seen | {here})
    return with_more(answer, assumptions=rests_on(facts, network))


def _ordered(facts: Facts, network: ArmId, naming: Naming, name: Name, seen: Seen) -> DnsAnswer:
    policy = decide_name(facts, network, name)
    if policy.verdict is not Verdict.ALLOWED:
        return _policy_answer(facts, network, name, policy)
    zones = covering(facts, network, name)
    if zones:
        return _from_zones(facts, network, naming, name, zones, seen)
    doubt = _doubt(facts, network, naming, name)
    if doubt is not None:
        return doubt
    choice = rule_for(facts, network, name)
    if choice.is_unread:
        return _rules_unread(facts, network, choice)
    if choice.rule is not None:
        return _forwarded(facts, network, naming, name, choice.rule, seen)
    return _public_step(facts, network, naming, name, seen)


def _policy_answer(facts: Facts, network: ArmId, name: Name, policy: PolicyDecision) -> DnsAnswer:
    which = f"DNS security policy {called(facts, policy.policy)}" if policy.policy else ""
    where = called(facts, network)
    if policy.verdict is Verdict.BLOCKED:
        text = f"{which} of {where} blocks {name.text}, {NO_NAME}."
        return blocked("DNS_POLICY_BLOCKS", text, policy.evidence)
    what = which or "The DNS security policies"
    text = f"{what} of {where} may block {name.text}: not all of it was read."
    return unknown("DNS_POLICY_NOT_READ", text, f"read {policy.missing}", policy.evidence)


# -- zones -----------------------------------------------------------------------------------------


def _from_zones(
    facts: Facts,
    network: ArmId,
    naming: Naming,
    name: Name,
    zones: tuple[LinkedZone, ...],
    seen: Seen,
) -> DnsAnswer:
    says = ask_zones(facts, network, naming, name, zones)
    if says.answer is not None:
        return says.answer
    if says.redirect is not None:
        return _redirected(facts, network, naming, name, says.redirect)
    known = (naming.fqdn, naming.alias)
    target = next((one for one in known if one and _leads_to(says.alias, one)), None)
    if target is not None and (network, target.text) in seen:
        return _alias_loop(name, zones[0], says, target)
    if target is not None:
        return azure_answer(facts, network, naming, target, seen)
    text = (
        f"Zone {zones[0].domain}, linked to {called(facts, network)}, sends {name.text} to"
        f" {says.alias}, which is not a name of the server."
    )
    settle = f"nslookup {says.alias} from {called(facts, network)}"
    return unknown("ALIAS_ELSEWHERE", text, settle, zones[0].state, zone=zones[0].zone)


def _alias_loop(name: Name, zone: LinkedZone, says: ZoneSays, target: Name) -> DnsAnswer:
    """The answer where a CNAME leads to a name that leads back to it."""
    back = "itself" if target.text == name.text else f"{target.text}, which leads back to it"
    text = f"The CNAME record of {name.text} in zone {zone.domain} leads to {back}, {NO_NAME}."
    seen = Evidence(says.record or zone.zone, "properties.cnameRecord.cname", says.alias)
    return blocked("CNAME_LOOP", text, seen, zone=zone.zone)


def _leads_to(alias: str, name: Name) -> bool:
    """Whether a CNAME target is a name; of an injected server's only the domain is compared."""
    if name.is_whole:
        return alias == name.domain
    return alias.partition(".")[2] == name.domain


def _redirected(
    facts: Facts, network: ArmId, naming: Naming, name: Name, zone: LinkedZone
) -> DnsAnswer:
    evidence = Evidence(zone.link, "properties.resolutionPolicy", "NxDomainRedirect")
    if naming.kind is AnswerKind.ENDPOINT:
        reason = (
            f"Zone {zone.domain}, linked to {called(facts, network)}, has no record"
            f" {name.label_in(zone.domain)} and its link falls back to public DNS."
        )
        return past_the_endpoint(facts, naming, reason, evidence)
    return with_more(public_address(naming), evidence=(evidence,))


def _doubt(facts: Facts, network: ArmId, naming: Naming, name: Name) -> DnsAnswer | None:
    """The unknown answer where a zone that covers the name may be linked without being seen."""
    if not name.is_whole:
        return _doubt_of_own_zone(facts, network, naming)
    unread = unread_links_over(facts, network, name)
    if unread:
        return links_unread(facts, network, unread[0])
    if naming.alias is None or name.text == naming.fqdn.text:
        return None
    if zones_over(facts, name) or _are_zones_known(facts, network):
        return None
    text = (
        f"Whether a zone {name.parents[1]} is linked to {called(facts, network)} is not known:"
        " neither zones nor links were read."
    )
    settle = f"read {PrivateZone.KIND} and {ZoneLink.KIND}"
    return unknown("LINKS_NOT_READ", text, settle, Evidence(network, "virtualNetworkLinks"))


def _are_zones_known(facts: Facts, network: ArmId) -> bool:
    kinds = (PrivateZone.KIND, ZoneLink.KIND)
    return any(absence(facts, kind, network) is not Absence.UNREAD for kind in kinds)


def _doubt_of_own_zone(facts: Facts, network: ArmId, naming: Naming) -> DnsAnswer | None:
    zone = naming.zone
    if zone is None:
        return None
    if is_hidden(facts, zone):
        return hidden_zone(facts, naming)
    if not facts.topology.coverage.is_read(ZoneLink.KIND, zone):
        return links_unread(facts, network, zone)
    return None


# -- rulesets --------------------------------------------------------------------------------------


def _rules_unread(facts: Facts, network: ArmId, choice: RuleChoice) -> DnsAnswer:
    where = called(facts, network)
    if choice.unread is not None:
        text = f"Ruleset {called(facts, choice.unread)} of {where} was not read in full."
        settle = f"read {ForwardingRule.KIND}"
        return unknown("RULESETS_NOT_READ", text, settle, Evidence(choice.unread, "properties"))
    text = f"Whether a forwarding ruleset is linked to {where} is not known."
    settle = "read microsoft.network/dnsforwardingrulesets and their links"
    return unknown("RULESETS_NOT_READ", text, settle, Evidence(network, "forwarding rulesets"))


def _forwarded(
    facts: Facts,
    network: ArmId,
    naming: Naming,
    name: Name,
    rule: ForwardingRule,
    seen: Seen,
) -> DnsAnswer:
    evidence = rule_evidence(rule)
    place = forward_place(facts, network, rule)
    if place.answer is not None:
        return place.answer
    hop = Hop(
        f"Rule {rule.name} for {rule.domain or '.'} sends {name.text} from"
        f" {called(facts, network)} to {', '.join(rule.targets)}.",
        rule.id,
    )
    resolver = follow(facts, place.part, rule.targets)
    answer = answer_by(facts, resolver, naming, name, seen)
    if resolver.kind in (ResolverKind.UNKNOWN, ResolverKind.SILENT):
        answer = msgspec.structs.replace(answer, text=f"{hop.text} {answer.text}")
    return msgspec.structs.replace(
        with_more(answer, evidence=(evidence,)),
        hops=(hop, *answer.hops),
        decided_by=answer.decided_by or evidence,
    )


# -- public DNS ------------------------------------------------------------------------------------


def _public_step(facts: Facts, network: ArmId, naming: Naming, name: Name, seen: Seen) -> DnsAnswer:
    """Nothing of the network covers the name: public DNS is asked."""
    if name.text == naming.fqdn.text:
        return _public_name(facts, network, naming, seen)
    if naming.kind is AnswerKind.ENDPOINT:
        return not_linked_endpoint(facts, network, naming, name)
    zone = naming.zone or naming.server
    text = f"Zone {zone_domain(facts, zone)} is not linked to {called(facts, network)}, {NO_NAME}."
    return blocked("ZONE_NOT_LINKED", text, linked_networks(facts, zone))


def _public_name(facts: Facts, network: ArmId, naming: Naming, seen: Seen) -> DnsAnswer:
    if naming.kind is AnswerKind.PUBLIC:
        return public_address(naming)
    if naming.alias is None:
        return without_zone(naming)
    answer = azure_answer(facts, network, naming, naming.alias, seen)
    return _through_alias(facts, naming, answer)


def _through_alias(facts: Facts, naming: Naming, answer: DnsAnswer) -> DnsAnswer:
    """An answer that rests on the public alias of an injected server."""
    if naming.kind is not AnswerKind.INJECTED:
        return answer
    if stated(facts, "PUBLIC_CNAME_CHAIN") is Verdict.BLOCKED:
        text = f"By the settings file {naming.fqdn.text} has no public alias, {NO_NAME}."
        return blocked("PUBLIC_CNAME_MISSING", text, answer.decided_by)
    alias = naming.alias.text if naming.alias else ""
    text = f"Public DNS has {naming.fqdn.text} as an alias of {alias}."
    note = assume("PUBLIC_CNAME_CHAIN", text)
    return with_more(answer, assumptions=(note,))


# -- by whoever answers ----------------------------------------------------------------------------


def answer_by(
    facts: Facts, resolver: Resolver, naming: Naming, name: Name, seen: Seen = frozenset()
) -> DnsAnswer:
    """What the one who answers in the end says of a name."""
    if resolver.kind is ResolverKind.PUBLIC:
        answer = public_dns(facts, naming)
    elif resolver.kind is ResolverKind.SILENT:
        text = f"No DNS server answers, {NO_ANSWER}. {resolver.text}"
        answer = blocked(resolver.code, text, resolver.decided_by)
    elif resolver.network is None or resolver.kind is ResolverKind.UNKNOWN:
        answer = by_unknown(facts, resolver, naming)
    else:
        answer = azure_answer(facts, resolver.network, naming, name, seen)
        if resolver.kind is ResolverKind.FORWARDER:
            answer = by_machine(facts, resolver, answer)
    return msgspec.structs.replace(
        with_more(answer, assumptions=resolver.assumptions, evidence=resolver.evidence),
        hops=(*resolver.hops, *answer.hops),
    )
