"""Rules of DNS forwarding rulesets."""

from collections.abc import Iterable

from pgtopo.model.dns import ForwardingRule, ForwardingRuleset
from pgtopo.model.ids import ancestor, parent_of
from pgtopo.sources.kind import Built, Edge, Kind, Row, Wire
from pgtopo.sources.shapes import domain, present, texts

_STATES = frozenset({"enabled", "disabled"})


class Target(Wire, frozen=True):
    """One DNS server."""

    ip_address: str | None = None


class Properties(Wire, frozen=True):
    """The properties of a rule."""

    domain_name: str | None = None
    forwarding_rule_state: str | None = None
    target_dns_servers: list[Target | None] | None = None


def build(row: Row[Properties], edge: Edge) -> Iterable[Built]:
    """The rule, enabled unless it says otherwise; nothing where it has no domain.

    An empty domain stands for the wildcard rule, which a row without one must not turn into.
    """
    found = row.properties or Properties()
    base = edge.base(row)
    if not found.domain_name:
        edge.issue("properties.domainName", "missing; the rule is left out")
        return
    state = edge.word(found.forwarding_rule_state, _STATES, "properties.forwardingRuleState")
    targets = texts(one.ip_address for one in present(found.target_dns_servers))
    for text in targets:
        edge.address(text, "properties.targetDnsServers.ipAddress")
    yield ForwardingRule(
        **base,
        ruleset=ancestor(base["id"], "dnsforwardingrulesets") or parent_of(base["id"]),
        domain=domain(found.domain_name),
        is_enabled=state.lower() != "disabled",
        targets=targets,
    )


KIND = Kind(
    arm_type=ForwardingRule.KIND,
    shape=Row[Properties],
    build=build,
    table="dnsresources",
    parent=ForwardingRuleset.KIND,
    permission="Microsoft.Network/dnsForwardingRulesets/forwardingRules/read",
    arm_path="forwardingRules",
    api_version="2025-05-01",
    is_assumed_none=True,
    summary="domains that are forwarded, and to which servers",
)
