"""The rules of a security group that bear on one service, without a look at all the others."""

from collections.abc import Iterator
from functools import lru_cache

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
    apart = frozenset(PROTOCOLS) - {protocol}
    for rules, is_default in ((nsg.rules, False), (nsg.default_rules, True)):
        for rule in rules:
            body = rule.properties
            if body is not None and (
                word(body.direction) not in ways
                or word(body.protocol) in apart
                or not _names(body, port)
            ):
                continue
            yield compile_security_rule(rule, is_default=is_default)


def _names(body: SecurityRuleBody, port: int) -> bool:
    one, many = body.destination_port_range, body.destination_port_ranges
    return _names_port((one, *many) if many else (one,), port)


@lru_cache(maxsize=4096)
def _names_port(said: tuple[str | None, ...], port: int) -> bool:
    one, *many = said
    ports, _ = ports_of(one, tuple(text for text in many if text is not None))
    return port in ports
