"""Security admin rules in force on a virtual network."""

from collections.abc import Iterable, Iterator
from typing import Any

from pgtopo.model.avnm import AdminAddress, AdminRule, EffectiveAdminRules
from pgtopo.model.ids import ArmId, name_of
from pgtopo.sources.kind import Built, Edge, Kind, Row
from pgtopo.sources.shapes import present, texts
from pgtopo.sources.shapes_manager import Folded, network_of, read_folded

_ACCESS = frozenset({"allow", "deny", "alwaysallow"})
_DIRECTIONS = frozenset({"inbound", "outbound"})


class Address(Folded, frozen=True):
    """One source or destination."""

    address_prefix: str | None = None
    address_prefix_type: str | None = None


class RuleBody(Folded, frozen=True):
    """The properties of a rule."""

    display_name: str | None = None
    access: str | None = None
    direction: str | None = None
    priority: int | None = None
    protocol: str | None = None
    sources: list[Address | None] | None = None
    destinations: list[Address | None] | None = None
    source_port_ranges: list[str | None] | None = None
    destination_port_ranges: list[str | None] | None = None


class Rule(Folded, frozen=True):
    """One rule."""

    id: str | None = None
    name: str | None = None
    properties: RuleBody | None = None


class Configuration(Folded, frozen=True):
    """One security admin configuration that is deployed to the network."""

    id: str | None = None
    rules: list[Rule | None] | None = None


class Effective(Folded, frozen=True):
    """The properties of the row."""

    effective_security_admin_configurations: list[Configuration | None] | None = None
    value: list[Rule | None] | None = None
    """Rules as the management API lists them, without their configuration."""


def build(row: Row[dict[str, Any]], edge: Edge) -> Iterable[Built]:
    """The rules of all configurations, and which configurations came without any."""
    found = read_folded(row, Effective, edge)
    base = edge.base(row)
    held = present(found.effective_security_admin_configurations)
    if found.value is not None:
        held = [*(one for one in held if one.rules is not None), Configuration(rules=found.value)]
    unread = (edge.fold(one.id) for one in held if one.rules is None)
    yield EffectiveAdminRules(
        **base,
        network=network_of(base["id"]),
        rules=tuple(rule for one in held for rule in _rules(one, base["id"], edge)),
        unread=tuple(arm_id for arm_id in unread if arm_id is not None),
    )


def _rules(found: Configuration, row_id: ArmId, edge: Edge) -> Iterator[AdminRule]:
    origin = found.id or ""
    for index, rule in enumerate(present(found.rules)):
        body = rule.properties
        if body is None:
            edge.issue("properties.rules", "a rule without properties")
            continue
        text = rule.id or f"{origin or row_id}/rules/{rule.name or index}"
        yield AdminRule(
            id=edge.ids.fold(text),
            name=rule.name or body.display_name or name_of(text),
            access=edge.word(body.access, _ACCESS, "properties.rules.access"),
            direction=edge.word(body.direction, _DIRECTIONS, "properties.rules.direction"),
            priority=body.priority,
            protocol=body.protocol or "",
            sources=_addresses(body.sources),
            destinations=_addresses(body.destinations),
            source_ports=texts(body.source_port_ranges),
            destination_ports=texts(body.destination_port_ranges),
            configuration=origin,
        )


def _addresses(found: list[Address | None] | None) -> tuple[AdminAddress, ...]:
    return tuple(
        AdminAddress(prefix=one.address_prefix or "", prefix_type=one.address_prefix_type or "")
        for one in present(found)
    )


KIND = Kind(
    arm_type=EffectiveAdminRules.KIND,
    shape=Row[dict[str, Any]],
    build=build,
    table="networkresources",
    permission="Microsoft.Network/virtualNetworks/read",
    is_assumed_none=True,
    summary="Network Manager rules evaluated before every NSG",
)
