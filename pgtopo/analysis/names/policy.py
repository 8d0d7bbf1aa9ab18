"""DNS security policies: whether a network's policy blocks a name.

Azure rule: one policy per network, its rules by ascending priority, each with domain lists and the
action Allow, Alert or Block; names of private zones are covered too ("DNS security policy",
Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.naming import Name
from pgtopo.analysis.seen import Absence, absence, is_any_astray
from pgtopo.analysis.servers.host_names import is_under
from pgtopo.analysis.verdict import Evidence, Verdict
from pgtopo.model.dns import DnsDomainList, DnsPolicy, DnsPolicyLink, DnsPolicyRule
from pgtopo.model.ids import ArmId


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    """The policies linked to a network."""

    policies: tuple[ArmId, ...] = ()
    rules: tuple[DnsPolicyRule, ...] = ()
    """Enabled rules in order of priority."""
    absence: Absence = Absence.CERTAIN
    unread: tuple[ArmId, ...] = ()
    """Linked policies whose rules were not all read."""


class PolicyDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What policies do with one name."""

    verdict: Verdict
    policy: ArmId | None = None
    evidence: Evidence | None = None
    missing: str = ""
    """What would have to be read, where unknown."""


PASSED = PolicyDecision(verdict=Verdict.ALLOWED)


def policies_of(facts: Facts, network: ArmId) -> PolicyView:
    """The DNS security policies linked to a network, with their rules."""
    return facts.once("dns policies", network, lambda: _policies(facts, network))


def _policies(facts: Facts, network: ArmId) -> PolicyView:
    topology = facts.topology
    links = topology.index("policy links", DnsPolicyLink, lambda k: (k.network,)).get(network, [])
    policies = tuple(dict.fromkeys(link.policy for link in links))
    by_policy = topology.index("policy rules", DnsPolicyRule, lambda r: (r.policy,))
    rules = [rule for one in policies for rule in by_policy.get(one, []) if rule.is_enabled]
    rules.sort(key=lambda rule: (rule.priority is None, rule.priority or 0, rule.id))
    read = topology.coverage.is_read
    return PolicyView(
        policies=policies,
        rules=tuple(rules),
        absence=_link_absence(facts, network),
        unread=tuple(one for one in policies if not read(DnsPolicyRule.KIND, one)),
    )


def _link_absence(facts: Facts, network: ArmId) -> Absence:
    """What no policy link means: where no policy exists, no link can."""
    if is_any_astray(facts, DnsPolicyLink):
        return Absence.UNREAD
    links = absence(facts, DnsPolicyLink.KIND, network)
    if links is not Absence.UNREAD or facts.topology.all(DnsPolicy):
        return links
    return absence(facts, DnsPolicy.KIND, network)


def decide_name(facts: Facts, network: ArmId, name: Name) -> PolicyDecision:
    """Whether the policies of a network let a name be resolved.

    Unknown when: policies, their rules or the domain lists they name were not read.
    """
    view = policies_of(facts, network)
    if view.absence is Absence.UNREAD:
        return PolicyDecision(verdict=Verdict.UNKNOWN, missing=DnsPolicyLink.KIND)
    if view.unread:
        return PolicyDecision(
            verdict=Verdict.UNKNOWN, policy=view.unread[0], missing=DnsPolicyRule.KIND
        )
    return _first_match(facts, view.rules, name)


def _first_match(facts: Facts, rules: tuple[DnsPolicyRule, ...], name: Name) -> PolicyDecision:
    """What the first matching rule decides; unknown where an unreadable list could come first."""
    doubts: list[PolicyDecision] = []
    decided = PASSED
    for rule in rules:
        lists = [facts.topology.get(DnsDomainList, one) for one in rule.domain_lists]
        known = [one.domains for one in lists if one is not None and one.domains is not None]
        if any(is_under(name.domain, domain) for domains in known for domain in domains):
            decided = _action(rule)
            break
        if len(known) < len(lists):
            doubts.append(_action(rule))
    differing = next((one for one in doubts if one.verdict is not decided.verdict), None)
    if differing is None:
        return decided
    return PolicyDecision(
        verdict=Verdict.UNKNOWN,
        policy=differing.policy or decided.policy,
        evidence=differing.evidence,
        missing=DnsDomainList.KIND,
    )


def _action(rule: DnsPolicyRule) -> PolicyDecision:
    word = rule.action.lower()
    verdicts = {"allow": Verdict.ALLOWED, "alert": Verdict.ALLOWED, "block": Verdict.BLOCKED}
    return PolicyDecision(
        verdict=verdicts.get(word, Verdict.UNKNOWN),
        policy=rule.policy,
        evidence=Evidence(rule.id, "properties.action.actionType", rule.action or None),
    )
