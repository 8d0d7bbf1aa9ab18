"""Evidence and assumptions as documents carry them: ids as first seen."""

import msgspec

from pgtopo.analysis.verdict import Assumption, Evidence
from pgtopo.model.ids import ArmId, name_of, parent_of
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.topology import Topology


class EvidenceItem(msgspec.Struct, frozen=True, kw_only=True):
    """One property of one resource, with the value that was seen."""

    resource: str
    property: str
    value: object


class AssumptionItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something a verdict rests on that the data does not state."""

    code: str
    text: str
    settle_with: str


def evidence_item(topology: Topology, evidence: Evidence) -> EvidenceItem:
    """Evidence with its resource as first seen."""
    return EvidenceItem(
        resource=spelled(topology, evidence.resource),
        property=evidence.property,
        value=evidence.value,
    )


def spelled(topology: Topology, arm_id: ArmId) -> str:
    """The id as first seen; that of a security rule from its group, which holds the rule."""
    text = topology.display(arm_id)
    group = topology.get(NetworkSecurityGroup, parent_of(arm_id)) if text == arm_id else None
    if group is None:
        return text
    name = name_of(arm_id)
    for folder, rules in (
        ("securityRules", group.rules),
        ("defaultSecurityRules", group.default_rules),
    ):
        for rule in rules:
            if rule.name and rule.name.lower() == name:
                return rule.id or f"{topology.display(group.id)}/{folder}/{rule.name}"
    return text


def decided_by(topology: Topology, evidence: Evidence | None) -> EvidenceItem | None:
    """What decided, where anything did."""
    return evidence_item(topology, evidence) if evidence is not None else None


def assumption_item(assumption: Assumption) -> AssumptionItem:
    """An assumption as documents carry it."""
    return AssumptionItem(
        code=assumption.code, text=assumption.text, settle_with=assumption.settle_with
    )
