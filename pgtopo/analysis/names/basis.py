"""What an answer of Azure DNS rests on beside the rows."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.policy import policies_of
from pgtopo.analysis.names.rulesets import rulesets_of
from pgtopo.analysis.seen import Absence, absence, other_scopes, taken_as_none
from pgtopo.analysis.verdict import Assumption
from pgtopo.analysis.wording import called
from pgtopo.model.dns import DnsPolicy, ForwardingRuleset, ZoneLink
from pgtopo.model.ids import ArmId


def rests_on(facts: Facts, network: ArmId) -> tuple[Assumption, ...]:
    """What an answer of Azure DNS rests on beside the rows: nothing unseen is linked."""
    return facts.once("rests on", network, lambda: _rests_on(facts, network))


def _rests_on(facts: Facts, network: ArmId) -> tuple[Assumption, ...]:
    found: list[Assumption] = []
    links = absence(facts, ZoneLink.KIND, network)
    rulesets = rulesets_of(facts, network).absence
    policies = policies_of(facts, network).absence
    if Absence.ELSEWHERE in (links, rulesets, policies) or links is Absence.UNREAD:
        where = called(facts, network)
        found.append(other_scopes(f"zone, ruleset or DNS policy linked to {where} is"))
    if rulesets is Absence.ASSUMED:
        found.append(taken_as_none(ForwardingRuleset.KIND))
    if policies is Absence.ASSUMED:
        found.append(taken_as_none(DnsPolicy.KIND))
    return tuple(found)
