"""Security rules in Azure's spelling, compiled to intervals.

Azure rule: prefixes, ports and groups stand in singular or plural fields whose union counts
("Security rules", SecurityRulePropertiesFormat, Azure REST reference).
"""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from pgtopo.analysis.filters.boxes import EPHEMERAL
from pgtopo.analysis.filters.sides import Pattern
from pgtopo.model.avnm import AdminAddress, AdminRule
from pgtopo.model.ids import fold
from pgtopo.model.net import ANY_PORT, ANY_V4, SpanSet, is_ipv6, parse_ports, parse_prefix
from pgtopo.model.nsg import IdRef, SecurityRule, SecurityRuleBody

PROTOCOLS = ("tcp", "udp", "icmp", "esp", "ah")
ANY_PROTOCOL = ("*", "any", "all")
_KNOWN_PROTOCOLS = frozenset((*PROTOCOLS, *ANY_PROTOCOL, ""))


class CompiledRule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule, ready for evaluation."""

    name: str
    direction: str
    """`inbound` or `outbound`."""
    priority: int
    access: str
    """`allow`, `deny` or `alwaysallow`."""
    protocol: str
    """One of PROTOCOLS, or `*`."""
    source: Pattern
    destination: Pattern
    source_ports: SpanSet
    destination_ports: SpanSet
    is_default: bool = False
    is_unreadable: bool = False
    """Some field is not understood: whether the rule matches is an open question."""


def compile_security_rule(rule: SecurityRule, *, is_default: bool) -> CompiledRule:
    """A rule of a network security group as intervals."""
    body = rule.properties or SecurityRuleBody()
    name = rule.name or "(no name)"
    return _default_rule(name, body) if is_default else _compiled(name, body, is_default=False)


@lru_cache(maxsize=1024)
def _default_rule(name: str, body: SecurityRuleBody) -> CompiledRule:
    """A default rule, of which every group has the same few."""
    return _compiled(name, body, is_default=True)


def _compiled(name: str, body: SecurityRuleBody, *, is_default: bool) -> CompiledRule:
    source, bad_source = _pattern(
        body.source_address_prefix,
        body.source_address_prefixes,
        body.source_application_security_groups,
    )
    destination, bad_destination = _pattern(
        body.destination_address_prefix,
        body.destination_address_prefixes,
        body.destination_application_security_groups,
    )
    source_ports, bad_from = _picked(body.source_port_range, body.source_port_ranges)
    ports, bad_to = ports_of(body.destination_port_range, body.destination_port_ranges)
    access, protocol = word(body.access), word(body.protocol)
    is_known = access in ("allow", "deny") and protocol in _KNOWN_PROTOCOLS
    is_known = is_known and body.priority is not None and bool(body.direction)
    return CompiledRule(
        name=name,
        direction=word(body.direction),
        priority=body.priority if body.priority is not None else 0,
        access=access or "deny",
        protocol="*" if protocol not in PROTOCOLS else protocol,
        source=source,
        destination=destination,
        source_ports=source_ports,
        destination_ports=ports,
        is_default=is_default,
        is_unreadable=bad_source or bad_destination or bad_from or bad_to or not is_known,
    )


def compile_admin_rule(rule: AdminRule) -> CompiledRule:
    """A security admin rule as intervals; an empty list of addresses means any."""
    source, bad_source = _admin_pattern(rule.sources)
    destination, bad_destination = _admin_pattern(rule.destinations)
    source_ports, bad_from = _picked(None, rule.source_ports)
    ports, bad_to = ports_of(None, rule.destination_ports)
    access, protocol = word(rule.access), word(rule.protocol)
    is_known = access in ("allow", "deny", "alwaysallow") and rule.priority is not None
    is_known = is_known and protocol in _KNOWN_PROTOCOLS
    return CompiledRule(
        name=rule.name or "(no name)",
        direction=word(rule.direction),
        priority=rule.priority if rule.priority is not None else 0,
        access=access or "deny",
        protocol="*" if protocol not in PROTOCOLS else protocol,
        source=source,
        destination=destination,
        source_ports=source_ports,
        destination_ports=ports,
        is_unreadable=bad_source or bad_destination or bad_from or bad_to or not is_known,
    )


@lru_cache(maxsize=1024)
def word(text: str | None) -> str:
    """A word of a rule as it is compared."""
    return (text or "").strip().lower()


def _pattern(
    one: str | None, many: tuple[str, ...] | None, groups: tuple[IdRef, ...] | None
) -> tuple[Pattern, bool]:
    asgs = frozenset(fold(g.id) for g in groups if g.id) if groups else _NO_GROUPS
    return _said_pattern((one, *many) if many else (one,), asgs)


_NO_GROUPS: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)
def _said_pattern(said: tuple[str | None, ...], asgs: frozenset[str]) -> tuple[Pattern, bool]:
    """One side of a rule; most rules of an estate say the same few things."""
    words = _words(said)
    if not words and not asgs:
        return Pattern(is_any=True), True
    return _address_pattern(words, asgs_ids=asgs), False


def _words(texts: Iterable[str | None]) -> list[str]:
    return [w for text in texts if text for w in (p.strip() for p in text.split(",")) if w]


def _address_pattern(words: list[str], asgs_ids: frozenset[str]) -> Pattern:
    spans: list[tuple[int, int]] = []
    tags: list[str] = []
    is_any = False
    for word in words:
        if word.lower() in ANY_PROTOCOL:
            is_any = True
        elif (span := parse_prefix(word)) is not None:
            spans.append(span)
        elif not is_ipv6(word):
            tags.append(word.lower())
    held = SpanSet(spans)
    return Pattern(
        spans=held,
        is_any=is_any or held == ANY_V4,
        tags=tuple(dict.fromkeys(tags)),
        asgs=frozenset(fold(a) for a in asgs_ids),
    )


def _admin_pattern(addresses: tuple[AdminAddress, ...]) -> tuple[Pattern, bool]:
    if not addresses:
        return Pattern(is_any=True), False
    if not all(a.prefix for a in addresses):
        return Pattern(is_any=True), True
    groups = [a.prefix for a in addresses if a.prefix_type.lower() == "networkgroup"]
    plain = [a.prefix for a in addresses if a.prefix_type.lower() != "networkgroup"]
    pattern = _address_pattern(_words(plain), frozenset())
    if groups:
        pattern = msgspec.structs.replace(pattern, network_groups=frozenset(map(fold, groups)))
    return pattern, False


def ports_of(one: str | None, many: tuple[str, ...] | None) -> tuple[SpanSet, bool]:
    """The ports of one side of a rule, and whether any word is not understood."""
    return _said_ports((one, *many) if many else (one,))


@lru_cache(maxsize=2048)
def _said_ports(said: tuple[str | None, ...]) -> tuple[SpanSet, bool]:
    words = _words(said)
    if not words:
        return ANY_PORT, False
    spans = [parse_ports(word) for word in words]
    return SpanSet(s for s in spans if s is not None), None in spans


@lru_cache(maxsize=2048)
def _picked(one: str | None, many: tuple[str, ...] | None) -> tuple[SpanSet, bool]:
    """The same for source ports, of which only those count that clients pick."""
    ports, is_odd = ports_of(one, many)
    return EPHEMERAL & ports, is_odd
