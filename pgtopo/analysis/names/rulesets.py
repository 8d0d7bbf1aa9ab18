"""Forwarding rulesets: which rule of a network sends a name elsewhere.

Azure rules: a linked private zone goes before rules; among enabled rules the longest suffix wins;
a wildcard rule `.` leaves reserved Azure names alone; 168.63.129.16 cannot be a target ("Azure DNS
Private Resolver endpoints and rulesets", Microsoft Learn).
"""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.naming import Name
from pgtopo.analysis.seen import Absence, absence, is_any_astray
from pgtopo.analysis.servers.host_names import is_under
from pgtopo.model.dns import ForwardingRule, ForwardingRuleset, RulesetLink
from pgtopo.model.ids import ArmId

RESERVED = (
    "azure.com",
    "azure.net",
    "windows.net",
    "usgovcloudapi.net",
    "chinacloudapi.cn",
    "microsoft.com",
    "microsoftonline.com",
)
"""Domains that the wildcard rule leaves to Azure DNS."""


class RulesetView(msgspec.Struct, frozen=True, kw_only=True):
    """The rulesets a network uses."""

    rulesets: tuple[ArmId, ...] = ()
    unread_rules: tuple[ArmId, ...] = ()
    """Linked rulesets whose rules were not all read."""
    unfinished: tuple[ArmId, ...] = ()
    """Links that are not provisioned."""
    absence: Absence = Absence.CERTAIN
    """What it means that no further link is known."""
    rules: tuple[ForwardingRule, ...] = ()
    """Enabled rules of all linked rulesets."""


class RuleChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What a network's rulesets do with a name."""

    rule: ForwardingRule | None = None
    unread: ArmId | None = None
    """A ruleset or link that could hold a rule for the name and was not read."""
    is_unread: bool = False


def rulesets_of(facts: Facts, network: ArmId) -> RulesetView:
    """The forwarding rulesets linked to a network, with their enabled rules."""
    return facts.once("rulesets", network, lambda: _rulesets(facts, network))


def _rulesets(facts: Facts, network: ArmId) -> RulesetView:
    topology = facts.topology
    links = topology.index("ruleset links", RulesetLink, lambda k: (k.network,)).get(network, [])
    rulesets = tuple(dict.fromkeys(link.ruleset for link in links))
    by_ruleset = topology.index("forwarding rules", ForwardingRule, lambda r: (r.ruleset,))
    rules = [rule for one in rulesets for rule in by_ruleset.get(one, []) if rule.is_enabled]
    read = topology.coverage.is_read
    return RulesetView(
        rulesets=rulesets,
        unread_rules=tuple(one for one in rulesets if not read(ForwardingRule.KIND, one)),
        unfinished=tuple(
            link.id for link in links if link.provisioning.lower() not in ("", "succeeded")
        ),
        absence=_link_absence(facts, network),
        rules=tuple(rules),
    )


def _link_absence(facts: Facts, network: ArmId) -> Absence:
    """What no further ruleset link means: where no ruleset exists, no link can."""
    if is_any_astray(facts, RulesetLink):
        return Absence.UNREAD
    links = absence(facts, RulesetLink.KIND, network)
    if links is not Absence.UNREAD or facts.topology.all(ForwardingRuleset):
        return links
    return absence(facts, ForwardingRuleset.KIND, network)


def rule_for(facts: Facts, network: ArmId, name: Name) -> RuleChoice:
    """The rule that forwards a name from a network; none, or not known."""
    view = rulesets_of(facts, network)
    if view.absence is Absence.UNREAD:
        return RuleChoice(is_unread=True)
    for doubtful in (*view.unread_rules, *view.unfinished):
        return RuleChoice(is_unread=True, unread=doubtful)
    best: ForwardingRule | None = None
    for rule in view.rules:
        if _matches(rule, name) and (best is None or len(rule.domain) > len(best.domain)):
            best = rule
    return RuleChoice(rule=best)


def _matches(rule: ForwardingRule, name: Name) -> bool:
    if not is_under(name.domain, rule.domain):
        return False
    return bool(rule.domain) or not any(is_under(name.domain, one) for one in RESERVED)
