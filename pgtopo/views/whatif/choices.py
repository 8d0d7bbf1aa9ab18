"""What can be changed about a selected thing, the nearest changes first."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import Resource
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import ArmId, parent_of
from pgtopo.model.network import (
    NetworkInterface,
    Peering,
    Subnet,
    VirtualMachine,
    VirtualNetwork,
)
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.patch import delete_row
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FirewallRule, FlexibleServer
from pgtopo.views.kinds import word_of
from pgtopo.views.whatif import names, rules, servers, ways
from pgtopo.views.whatif.option import Choice, Option

_OWN: dict[type[Resource], Callable[[Facts, Any], Iterator[Choice]]] = {
    NetworkSecurityGroup: rules.of_group,
    RouteTable: ways.of_table,
    Peering: ways.of_peering,
    ZoneLink: names.of_link,
    RecordSet: names.of_record,
    NetworkInterface: ways.of_nic,
    VirtualMachine: ways.of_machine,
    FirewallRule: servers.of_firewall_rule,
}


def choices(facts: Facts, arm_id: ArmId, client: str = "") -> tuple[Choice, ...]:
    """The changes that can be tried on a resource, a rule or a route; none where it is nothing."""
    held = facts.topology.find(arm_id)
    if held is None or isinstance(held, NetworkSecurityGroup | RouteTable):
        narrow = tuple(_inner(facts, arm_id))
        if narrow:
            return narrow
    if held is None:
        return ()
    return (*_once(_of(facts, held, client)), *_delete(facts, held))


def _once(found: Iterable[Choice]) -> Iterator[Choice]:
    """Each change once: a server and its network may offer the same link."""
    seen: set[str] = set()
    for choice in found:
        if choice.text not in seen:
            seen.add(choice.text)
            yield choice


def _inner(facts: Facts, arm_id: ArmId) -> Iterator[Choice]:
    """The changes to one rule or route of a list."""
    if arm_id.count("/") < 10:
        return
    owner = facts.topology.find(parent_of(arm_id))
    if isinstance(owner, NetworkSecurityGroup):
        rule = rules.named(facts, owner, arm_id)
        if rule is not None:
            yield from rules.of_rule(facts, owner, rule)
    elif isinstance(owner, RouteTable):
        for route in owner.routes:
            if route.id == arm_id:
                yield from ways.of_route(facts, owner, route)


def _of(facts: Facts, held: Resource, client: str) -> Iterator[Choice]:
    own = _OWN.get(type(held))
    if own is not None:
        yield from own(facts, held)
    elif isinstance(held, PrivateZone):
        yield from names.of_zone(facts, held, names.network_of(facts, client))
    elif isinstance(held, VirtualNetwork):
        yield from names.of_network(facts, held)
        for peering in facts.topology.peerings_of(held.id):
            yield from ways.of_peering(facts, peering)
    elif isinstance(held, Subnet):
        yield from _of_subnet(facts, held)
    elif isinstance(held, FlexibleServer):
        yield from _of_server(facts, held, client)


def _of_subnet(facts: Facts, subnet: Subnet) -> Iterator[Choice]:
    yield from ways.of_subnet(facts, subnet)
    for governor in (subnet.nsg, subnet.route_table):
        found = facts.topology.find(governor) if governor is not None else None
        if found is not None and type(found) in _OWN:
            yield from _OWN[type(found)](facts, found)


def _of_server(facts: Facts, server: FlexibleServer, client: str) -> Iterator[Choice]:
    network = names.network_of(facts, client)
    links = facts.topology.links_of_zone(server.zone) if server.zone else ()
    if server.zone and network and network not in {link.network for link in links}:
        yield from names.link_to(facts, server.zone, network)
    yield from servers.of_server(facts, server)
    for link in links:
        yield from names.of_link(facts, link)
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is not None:
        yield from _of_subnet(facts, subnet)


def _delete(facts: Facts, held: Resource) -> Iterator[Choice]:
    """What breaks where the thing is deleted: worth trying for anything."""
    if held.origin is not None and type(held) not in (ZoneLink, RecordSet, Peering, FirewallRule):
        word = word_of(type(held).KIND)
        text = f"delete {word} {held.name} and everything in it"
        yield Option(text, (delete_row(facts.topology.display(held.id)),))
