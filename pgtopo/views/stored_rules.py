"""The rules of a network security group as they are written, in words."""

from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule, SecurityRuleBody, rule_name
from pgtopo.views.lines import Tone


def in_order(nsg: NetworkSecurityGroup, direction: str) -> list[SecurityRule]:
    """The rules of one direction, default rules among them, in the order they are asked."""
    wanted = direction.lower()
    found = [
        rule
        for rule in (*nsg.rules, *nsg.default_rules)
        if rule.properties and (rule.properties.direction or "").lower() == wanted
    ]
    return sorted(found, key=_priority)


def _priority(rule: SecurityRule) -> tuple[int, str]:
    body = rule.properties
    return (body.priority if body and body.priority is not None else 1 << 20), rule.name or ""


def access_of(rule: SecurityRule) -> tuple[str, str, Tone]:
    """Priority and access as they stand in front of a rule, and the tone of that."""
    body = rule.properties or SecurityRuleBody()
    access = body.access or "?"
    return f"{body.priority or '?':>5}", access, _TONES.get(access.lower(), Tone.BAD)


_TONES = {"allow": Tone.GOOD}


def in_words(rule: SecurityRule) -> str:
    """Name, source, destination and ports of a rule."""
    body = rule.properties or SecurityRuleBody()
    source = _side(body.source_address_prefix, body.source_address_prefixes)
    target = _side(body.destination_address_prefix, body.destination_address_prefixes)
    ports = _side(body.destination_port_range, body.destination_port_ranges)
    if body.source_application_security_groups:
        source = "application group"
    if body.destination_application_security_groups:
        target = "application group"
    return f"{rule_name(rule)}: {source} to {target}, port {ports}"


def _side(one: str | None, several: tuple[str, ...] | None) -> str:
    every = [text for text in (*(several or ()), one or "") if text]
    if len(every) > 3:
        return f"{', '.join(every[:3])} and {len(every) - 3} more"
    return ", ".join("any" if text == "*" else text for text in every) or "?"
