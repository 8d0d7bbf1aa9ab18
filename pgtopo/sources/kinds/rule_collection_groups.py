"""Rule collection groups of Azure Firewall policies."""

from collections.abc import Iterable

from pgtopo.model.firewall import RuleCollection, RuleCollectionGroup
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import present
from pgtopo.sources.shapes_firewall import UNSET_PRIORITY, Action, FirewallRule, build_rule


class Collection(Wire, frozen=True):
    """One rule collection."""

    name: str | None = None
    priority: int | None = None
    action: Action | None = None
    rules: list[FirewallRule | None] | None = None


class Properties(Wire, frozen=True):
    """The properties of a group."""

    priority: int | None = None
    rule_collections: list[Collection | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The group with its collections."""
    found = row.properties or Properties()
    base = edge.base(row)
    yield RuleCollectionGroup(
        **base,
        policy=ancestor(base["id"], "firewallpolicies") or parent_of(base["id"]),
        priority=UNSET_PRIORITY if found.priority is None else found.priority,
        collections=tuple(_collection(one, edge) for one in present(found.rule_collections)),
    )


def _collection(found: Collection, edge: Edge) -> RuleCollection:
    rules = present(found.rules)
    plain = [rule for rule in rules if (rule.rule_type or "").lower() in ("", "networkrule")]
    path = "properties.ruleCollections.rules"
    return RuleCollection(
        name=found.name or "",
        priority=UNSET_PRIORITY if found.priority is None else found.priority,
        action=(found.action.type or "") if found.action else "",
        network_rules=tuple(build_rule(rule, rule.ip_protocols, path, edge) for rule in plain),
        has_other_rules=len(plain) < len(rules),
    )


KIND = Kind(
    arm_type=RuleCollectionGroup.KIND,
    shape=Row[Properties],
    build=build,
    table="networkresources",
    permission="Microsoft.Network/firewallPolicies/ruleCollectionGroups/read",
    summary="network rules of firewall policies",
)
