"""The custom rules of a network security group as the checks read them."""

from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.rule_patterns import ANY_PROTOCOL, CompiledRule, compile_security_rule
from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId, fold
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRuleBody, rule_name


class CustomRule(NamedTuple):
    """One custom rule, as stored and as intervals."""

    id: ArmId
    name: str
    body: SecurityRuleBody
    compiled: CompiledRule

    @property
    def is_inbound(self) -> bool:
        """Whether it filters what comes in."""
        return self.compiled.direction == "inbound"

    @property
    def is_allow(self) -> bool:
        """Whether it lets through."""
        return self.compiled.access == "allow"

    def carries(self, port: int, protocol: str = "tcp") -> bool:
        """Whether it speaks of a destination port of a protocol."""
        speaks = self.compiled.protocol in (*ANY_PROTOCOL, protocol)
        return speaks and port in self.compiled.destination_ports

    def prefixes(self, side: str) -> list[str]:
        """The address texts of one side: `source` or `destination`."""
        if side == "source":
            one, many = self.body.source_address_prefix, self.body.source_address_prefixes
        else:
            one, many = self.body.destination_address_prefix, self.body.destination_address_prefixes
        return [text for text in [one, *(many or ())] if text]

    def evidence(self, name: str, value: object) -> Evidence:
        """A property of the rule."""
        return Evidence(self.id, f"properties.{name}", value)

    def side_evidence(self, side: str) -> Evidence:
        """The addresses of one side."""
        texts = self.prefixes(side)
        one = getattr(self.body, f"{side}_address_prefix")
        if one and len(texts) == 1:
            return self.evidence(f"{side}AddressPrefix", one)
        return self.evidence(f"{side}AddressPrefixes", [t for t in texts if t != one])


def reaches_servers(facts: Facts, group: NetworkSecurityGroup, rule: CustomRule) -> bool:
    """Whether the destinations of a rule take in a subnet of servers that has the group."""
    wanted = rule.compiled.destination
    if wanted.is_any or wanted.tags:
        return True
    places = (s for s in facts.topology.subnets_using(group.id) if facts.topology.servers_in(s.id))
    return any(wanted.spans.overlaps(place.space) for place in places)


def custom_rules(facts: Facts, group: NetworkSecurityGroup) -> tuple[CustomRule, ...]:
    """The custom rules of a group in the order in which they are evaluated."""
    return facts.once("custom rules", group.id, lambda: _custom_rules(group))


def _custom_rules(group: NetworkSecurityGroup) -> tuple[CustomRule, ...]:
    found = []
    for rule in group.rules:
        name = rule_name(rule)
        arm_id = fold(rule.id) if rule.id else ArmId(f"{group.id}/securityrules/{name.lower()}")
        compiled = compile_security_rule(rule, is_default=False)
        found.append(CustomRule(arm_id, name, rule.properties or SecurityRuleBody(), compiled))
    return tuple(sorted(found, key=lambda one: (one.compiled.priority, one.name)))
