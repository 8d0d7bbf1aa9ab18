"""What Virtual Network Manager's security admin rules decide before any security group.

Azure rule: the rule with the lowest number that matches decides: Deny ends the flow, AlwaysAllow
delivers it past security groups, Allow hands it on to them; private endpoints and the subnets of
some services are left out ("Security admin rules in Azure Virtual Network Manager").
"""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.nsg import Flow, ruled
from pgtopo.analysis.filters.partition import Raw
from pgtopo.analysis.filters.rule_patterns import CompiledRule, compile_admin_rule
from pgtopo.analysis.verdict import Assumption, Evidence
from pgtopo.model.avnm import AdminRule, EffectiveAdminRules
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet

CONTINUE = Raw(labels=("none",))
"""No admin rule speaks: security groups decide."""

_STEP = 100_000


def admin_decide(
    facts: Facts, network: ArmId, flow: Flow
) -> list[tuple[SpanSet, Raw, CompiledRule | None]]:
    """The varying side split by what the admin rules of a network do to a flow.

    Labels are `deny`, `alwaysallow`, `allow` and `none`; the last two leave it to security groups.
    """
    rules = tuple(r for r in _rules(facts, network) if r.direction in (flow.direction.value, ""))
    if not rules:
        whole = flow.source.whole if flow.varies == "source" else flow.destination.whole
        return [(whole, CONTINUE, None)]
    return [
        (part, raw, rules[raw.rule] if raw.rule is not None else None)
        for part, raw in ruled(facts, rules, flow)
    ]


def _rules(facts: Facts, network: ArmId) -> tuple[CompiledRule, ...]:
    return facts.once("admin rules", network, lambda: _compiled(facts, network))


def _compiled(facts: Facts, network: ArmId) -> tuple[CompiledRule, ...]:
    held = facts.topology.admin_rules_of(network)
    if held is None:
        return ()
    managers = list(dict.fromkeys(rule.configuration for rule in held.rules))
    ranked = sorted(held.rules, key=lambda rule: _rank(rule, managers))
    return tuple(
        _at(compile_admin_rule(rule), _STEP * managers.index(rule.configuration)) for rule in ranked
    )


def _rank(rule: AdminRule, managers: list[str]) -> tuple[int, int, str]:
    return managers.index(rule.configuration), rule.priority or 0, rule.name


def _at(rule: CompiledRule, offset: int) -> CompiledRule:
    return msgspec.structs.replace(rule, priority=rule.priority + offset) if offset else rule


def admin_evidence(facts: Facts, network: ArmId, rule: CompiledRule | None) -> Evidence | None:
    """The admin rule as a reader can look it up."""
    held = facts.topology.admin_rules_of(network)
    if held is None or rule is None:
        return None
    found = next((r for r in held.rules if r.name == rule.name), None)
    if found is None:
        return Evidence(held.id, "properties.access", rule.access)
    return Evidence(found.id or held.id, "properties.access", found.access)


def unseen(facts: Facts, network: ArmId) -> tuple[Assumption, ...]:
    """The assumption that no admin rule denies, where a network's admin rules were not read."""
    held = facts.topology.admin_rules_of(network)
    if held is not None:
        return (assume("ADMIN_RULES_UNSEEN"),) if held.unread else ()
    if facts.topology.coverage.is_read(EffectiveAdminRules.KIND, network):
        return ()
    return (assume("ADMIN_RULES_UNSEEN"),)
