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
from pgtopo.model.nsg import NetworkSecurityGroup

Rules = tuple[CompiledRule, ...]
_Service = tuple[str, str, int]
"""Direction, protocol and port."""
_Said = tuple[str | None, str | None, str | None, tuple[str, ...] | None]
"""Direction, protocol and destination ports as a rule has them."""


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
        lambda: tuple(sorted(_bearing(facts, nsg, key[1:]), key=_rank)),
    )


def _rank(rule: CompiledRule) -> tuple[int, str]:
    return rule.priority, rule.name


def _bearing(facts: Facts, nsg: NetworkSecurityGroup, service: _Service) -> Iterator[CompiledRule]:
    bears = facts.once("bears on service", service, lambda: _Bearing(*service))
    for rules, is_default in ((nsg.rules, False), (nsg.default_rules, True)):
        for rule in rules:
            body = rule.properties
            if (
                body is None
                or bears[
                    body.direction,
                    body.protocol,
                    body.destination_port_range,
                    body.destination_port_ranges,
                ]
            ):
                yield compile_security_rule(rule, is_default=is_default)


class _Bearing(dict[_Said, bool]):
    """Whether rules bear on a service, by what they say; most of an estate say the same."""

    def __init__(self, direction: str, protocol: str, port: int) -> None:
        super().__init__()
        self._ways = (direction, "")
        self._apart = frozenset(PROTOCOLS) - {protocol}
        self._port = port

    def __missing__(self, said: _Said) -> bool:
        direction, protocol, one, many = said
        found = self[said] = (
            word(direction) in self._ways
            and word(protocol) not in self._apart
            and self._port in ports_of(one, many)[0]
        )
        return found
