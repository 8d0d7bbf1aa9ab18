"""The rules of a security group that bear on one service, without a look at all the others."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.rule_patterns import (
    PROTOCOLS,
    CompiledRule,
    compile_security_rule,
    ports_of,
    word,
)
from pgtopo.model.ids import ArmId
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRuleBody

Rules = tuple[CompiledRule, ...]


def service_rules(
    facts: Facts, nsg_id: ArmId, direction: str, protocol: str, port: int
) -> Rules | None:
    """The rules of one direction (`inbound`, `outbound`) about a protocol and port, in order.

    Unknown when: None is returned where the group was not read.
    """
    nsg = facts.topology.get(NetworkSecurityGroup, nsg_id)
    if nsg is None:
        return None
    key = (nsg_id, direction, protocol, port)
    return facts.once(
        "service rules",
        key,
        lambda: tuple(sorted(_bearing(nsg, direction, protocol, port), key=_rank)),
    )


def _rank(rule: CompiledRule) -> tuple[int, str]:
    return rule.priority, rule.name


def _bearing(
    nsg: NetworkSecurityGroup, direction: str, protocol: str, port: int
) -> Iterator[CompiledRule]:
    ways = (direction, "")
    for rules, is_default in ((nsg.rules, False), (nsg.default_rules, True)):
        for rule in rules:
            body = rule.properties
            if body is None or _speaks(body, ways, protocol, port):
                yield compile_security_rule(rule, is_default=is_default)


def _speaks(body: SecurityRuleBody, ways: tuple[str, str], protocol: str, port: int) -> bool:
    if word(body.direction) not in ways:
        return False
    said = word(body.protocol)
    if said != protocol and said in PROTOCOLS:
        return False
    ports, _ = ports_of(body.destination_port_range, body.destination_port_ranges)
    return port in ports
