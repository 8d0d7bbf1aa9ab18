"""What a security rule says, as az takes it, and a rule that is there in the same words."""

import msgspec

from pgtopo.model.nsg import IdRef, SecurityRuleBody


class RuleWords(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule says, as az takes it."""

    priority: int
    direction: str
    access: str
    protocol: str
    sources: tuple[str, ...] = ()
    """Prefixes and service tags; empty where application security groups stand instead."""
    destinations: tuple[str, ...] = ()
    ports: tuple[str, ...]
    source_ports: tuple[str, ...] = ("*",)
    source_groups: tuple[str, ...] = ()
    """Ids of application security groups."""
    destination_groups: tuple[str, ...] = ()


def as_it_is(body: SecurityRuleBody | None) -> RuleWords | None:
    """A rule in words that make it anew; None where its row leaves out what that takes.

    Its description is not in them: the model does not keep what decides nothing.
    """
    if body is None or not body.priority or not body.direction or not body.access:
        return None
    found = RuleWords(
        priority=body.priority,
        direction=body.direction,
        access=body.access,
        protocol=body.protocol or "*",
        sources=_texts(body.source_address_prefix, body.source_address_prefixes),
        destinations=_texts(body.destination_address_prefix, body.destination_address_prefixes),
        ports=_texts(body.destination_port_range, body.destination_port_ranges),
        source_ports=_texts(body.source_port_range, body.source_port_ranges) or ("*",),
        source_groups=_ids(body.source_application_security_groups),
        destination_groups=_ids(body.destination_application_security_groups),
    )
    has_from = found.sources or found.source_groups
    has_to = found.destinations or found.destination_groups
    return found if has_from and has_to and found.ports else None


def _texts(one: str | None, many: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (one, *(many or ())) if text))


def _ids(groups: tuple[IdRef, ...] | None) -> tuple[str, ...]:
    return tuple(group.id for group in groups or () if group.id)
