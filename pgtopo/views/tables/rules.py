"""`list rules`: NSG rules with defaults, admin rules, and the firewall rules of servers."""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.avnm import AdminAddress, EffectiveAdminRules
from pgtopo.model.network import Subnet
from pgtopo.model.nsg import IdRef, NetworkSecurityGroup, SecurityRule, SecurityRuleBody
from pgtopo.model.server import FirewallRule
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Effective, Table, owner_shown, short, stated


class RuleItem(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that lets traffic through or stops it."""

    id: str
    kind: str
    """`nsg`, `nsg_default`, `admin` or `server_firewall`."""
    owner: str
    """The NSG, the virtual network (admin rules), or the server."""
    name: str
    direction: str | None
    priority: int | None
    access: str | None
    protocol: str | None
    sources: list[str]
    source_ports: list[str]
    destinations: list[str]
    destination_ports: list[str]


def items(facts: Facts) -> list[RuleItem]:
    """NSG rules in the order in which Azure tries them, admin rules, server firewall rules."""
    topology = facts.topology
    return [*_nsg_rules(topology), *_admin_rules(topology), *_firewall_rules(topology)]


def _nsg_rules(topology: Topology) -> Iterator[RuleItem]:
    for nsg in topology.all(NetworkSecurityGroup):
        yield from _rules_of(topology, nsg)


def _rules_of(topology: Topology, nsg: NetworkSecurityGroup) -> list[RuleItem]:
    owner = topology.display(nsg.id)
    tagged = [("nsg", "securityRules", rule) for rule in nsg.rules]
    tagged += [("nsg_default", "defaultSecurityRules", rule) for rule in nsg.default_rules]
    return sorted((_nsg_rule(owner, *one) for one in tagged), key=_order)


def _order(item: RuleItem) -> tuple[str, int, str]:
    return (item.direction or "").lower(), item.priority or 0, item.name.lower()


def _nsg_rule(owner: str, kind: str, folder: str, rule: SecurityRule) -> RuleItem:
    body = rule.properties or SecurityRuleBody()
    name = rule.name or ""
    return RuleItem(
        id=rule.id or f"{owner}/{folder}/{name}",
        kind=kind,
        owner=owner,
        name=name,
        direction=body.direction,
        priority=body.priority,
        access=body.access,
        protocol=body.protocol,
        sources=_either(body.source_address_prefix, body.source_address_prefixes)
        + _groups(body.source_application_security_groups),
        source_ports=_either(body.source_port_range, body.source_port_ranges),
        destinations=_either(body.destination_address_prefix, body.destination_address_prefixes)
        + _groups(body.destination_application_security_groups),
        destination_ports=_either(body.destination_port_range, body.destination_port_ranges),
    )


def _either(single: str | None, several: tuple[str, ...] | None) -> list[str]:
    return [*((single,) if single else ()), *(several or ())]


def _groups(refs: tuple[IdRef, ...] | None) -> list[str]:
    return [ref.id for ref in refs or () if ref.id]


def _admin_rules(topology: Topology) -> Iterator[RuleItem]:
    for held in topology.all(EffectiveAdminRules):
        yield from _admin_rules_of(topology, held)


def _admin_rules_of(topology: Topology, held: EffectiveAdminRules) -> Iterator[RuleItem]:
    for rule in sorted(held.rules, key=lambda r: (r.direction.lower(), r.priority or 0, r.id)):
        yield RuleItem(
            id=topology.display(rule.id),
            kind="admin",
            owner=topology.display(held.network),
            name=rule.name,
            direction=stated(rule.direction),
            priority=rule.priority,
            access=stated(rule.access),
            protocol=stated(rule.protocol),
            sources=_prefixes(rule.sources),
            source_ports=list(rule.source_ports),
            destinations=_prefixes(rule.destinations),
            destination_ports=list(rule.destination_ports),
        )


def _prefixes(addresses: tuple[AdminAddress, ...]) -> list[str]:
    return [address.prefix for address in addresses if address.prefix]


def _firewall_rules(topology: Topology) -> Iterator[RuleItem]:
    for rule in topology.all(FirewallRule):
        yield RuleItem(
            id=topology.display(rule.id),
            kind="server_firewall",
            owner=owner_shown(topology, rule.id, rule.server),
            name=rule.name,
            direction="Inbound",
            priority=None,
            access="Allow",
            protocol="Tcp",
            sources=[rule.start if rule.start == rule.end else f"{rule.start}-{rule.end}"],
            source_ports=["*"],
            destinations=["*"],
            destination_ports=[],
        )


def in_force(facts: Facts, subnet: Subnet) -> list[RuleItem]:
    """The rules on a subnet's traffic, per direction in the order in which Azure tries them."""
    topology = facts.topology
    admin = topology.admin_rules_of(subnet.network)
    nsg = topology.get(NetworkSecurityGroup, subnet.nsg)
    found = list(_admin_rules_of(topology, admin)) if admin else []
    found += _rules_of(topology, nsg) if nsg else []
    return sorted(found, key=lambda item: (item.direction or "").lower())


def _ends(texts: list[str]) -> list[str]:
    """Addresses and tags as they are, application security groups by name."""
    return [short(text) if text.startswith("/subscriptions/") else text for text in texts]


_COLUMNS = (
    Column("KIND", lambda i: i.kind),
    Column("OWNER", lambda i: short(i.owner)),
    Column("DIR", lambda i: (i.direction or "").lower().removesuffix("bound")),
    Column("PRIO", lambda i: i.priority, is_number=True),
    Column("ACCESS", lambda i: i.access),
    Column("PROTO", lambda i: i.protocol),
    Column("SOURCE", lambda i: _ends(i.sources)),
    Column("DESTINATION", lambda i: _ends(i.destinations)),
    Column("PORTS", lambda i: i.destination_ports),
    Column("NAME", lambda i: i.name),
)

TABLE = Table(
    kind="rules",
    title="NSG rules, admin rules and server firewall rules",
    item=RuleItem,
    items=items,
    columns=_COLUMNS,
    if_empty="no NSG, admin rule or server firewall rule is in these files",
    effective=Effective(item=RuleItem, items=in_force, columns=_COLUMNS),
)
