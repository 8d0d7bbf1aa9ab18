"""Rules of DNS security policies."""

from collections.abc import Iterable

from pgtopo.model.dns import DnsPolicyRule
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.model.nsg import IdRef
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire

_ACTIONS = frozenset({"allow", "alert", "block"})
_STATES = frozenset({"enabled", "disabled"})


class Action(Wire, frozen=True):
    """What happens to a query."""

    action_type: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a rule."""

    priority: int | None = None
    action: Action | None = None
    dns_security_rule_state: str | None = None
    dns_resolver_domain_lists: list[IdRef | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The rule; it is enabled unless it says otherwise."""
    found = row.properties or Properties()
    base = edge.base(row)
    state = edge.word(found.dns_security_rule_state, _STATES, "properties.dnsSecurityRuleState")
    yield DnsPolicyRule(
        **base,
        policy=ancestor(base["id"], "dnsresolverpolicies") or parent_of(base["id"]),
        priority=found.priority,
        action=edge.word(
            found.action.action_type if found.action else None,
            _ACTIONS,
            "properties.action.actionType",
        ),
        is_enabled=state.lower() != "disabled",
        domain_lists=edge.refs(
            found.dns_resolver_domain_lists, "properties.dnsResolverDomainLists.id"
        ),
    )


KIND = Kind(
    arm_type=DnsPolicyRule.KIND,
    shape=Row[Properties],
    build=build,
    table="resources",
    permission="Microsoft.Network/dnsResolverPolicies/dnsSecurityRules/read",
    is_assumed_none=True,
    summary="which names a policy allows, reports or blocks",
)
