"""The one line a node of the tree shows: its name, and the facts that tell it from its like."""

from collections.abc import Callable
from typing import Any, NamedTuple

from pgtopo.model.base import Resource
from pgtopo.model.dns import (
    ForwardingRule,
    InboundEndpoint,
    PrivateZone,
    RecordSet,
    ZoneLink,
)
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.governance import Lock
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import format_address
from pgtopo.model.network import (
    RESERVED_SUBNETS,
    NetworkInterface,
    Peering,
    Subnet,
    VirtualMachine,
    VirtualNetwork,
)
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import GatewayConnection, RouteTable, VirtualNetworkGateway
from pgtopo.model.server import FirewallRule, FlexibleServer, Mode
from pgtopo.model.topology import Topology
from pgtopo.views.absence import short_reason
from pgtopo.views.forest import Node, Role
from pgtopo.views.literal import printable
from pgtopo.views.signs import count


class Label(NamedTuple):
    """A node in words, safe to show."""

    word: str
    name: str
    note: str = ""
    is_ghost: bool = False


def label(topology: Topology, node: Node) -> Label:
    """The label of a node."""
    if not node.id:
        return Label("", printable(node.text))
    resource = topology.find(node.id)
    if resource is None:
        return _absent(topology, node)
    name, note = _named(topology, resource, node)
    return Label(node.role.value, printable(name), printable(note))


def _absent(topology: Topology, node: Node) -> Label:
    if node.role in (Role.SUBSCRIPTION, Role.GROUP):
        return Label(node.role.value, printable(node.text or name_of(topology.display(node.id))))
    why = short_reason(topology, node.id, node.kind)
    name = node.text or name_of(topology.display(node.id))
    return Label(node.role.value, printable(name), f"({why})", is_ghost=True)


def _named(topology: Topology, resource: Resource, node: Node) -> tuple[str, str]:
    write = _WRITERS.get(type(resource))
    if write is None:
        return node.text or resource.name or name_of(resource.id), ""
    name, facts = write(topology, resource)
    return node.text or name, "  ".join(fact for fact in facts if fact)


Said = tuple[str, tuple[str, ...]]


def _network(topology: Topology, network: VirtualNetwork) -> Said:
    servers = sum(len(topology.servers_in(s.id)) for s in topology.subnets_of(network.id))
    return network.name, (
        count(servers, "server") if servers else "",
        ", ".join(network.prefixes[:2]) + (" ..." if len(network.prefixes) > 2 else ""),
        network.location,
        f"DNS {', '.join(network.dns_servers[:2])}" if network.dns_servers else "",
    )


def _subnet(_topology: Topology, subnet: Subnet) -> Said:
    reserved = RESERVED_SUBNETS.get(subnet.name.lower(), "")
    return subnet.name, (
        ", ".join(subnet.prefixes[:2]),
        "for flexible servers" if subnet.is_pg_delegated else _delegated(subnet),
        f"for {reserved}" if reserved else "",
    )


def _delegated(subnet: Subnet) -> str:
    return f"for {subnet.delegations[0]}" if subnet.delegations else ""


def _server(_topology: Topology, server: FlexibleServer) -> Said:
    mode = {
        Mode.PUBLIC: "public access",
        Mode.PRIVATE_ENDPOINT: "private endpoint",
        Mode.UNKNOWN: "access mode unknown",
    }.get(server.mode, "")
    return server.name, (
        server.state if server.state.lower() != "ready" else "",
        f"v{server.version}" if server.version else "",
        mode,
        f"HA {server.ha_mode}" if server.has_ha else "",
        "replica" if server.is_replica else "",
    )


def _peering(topology: Topology, peering: Peering) -> Said:
    remote = name_of(topology.display(peering.remote)) if peering.remote else peering.name
    state = peering.state or "state unknown"
    is_seen = peering.remote is None or topology.find(peering.remote) is not None
    return remote, (
        state,
        "no access" if not peering.allows_access else "",
        "uses its gateway" if peering.uses_remote_gateways else "",
        "" if is_seen or peering.remote is None else f"({short_reason(topology, peering.remote)})",
    )


def _link(_topology: Topology, link: ZoneLink) -> Said:
    return link.name, (unfinished(link), "registers names" if link.has_registration else "")


def unfinished(link: ZoneLink) -> str:
    """The state of a zone link that is not in force yet; empty for one that is."""
    return "" if link.state.lower() == "completed" else link.state


def _zone(topology: Topology, zone: PrivateZone) -> Said:
    links = len(topology.links_of_zone(zone.id))
    servers = len(topology.servers_of_zone(zone.id))
    return zone.name, (
        count(links, "link") if links else "no links seen",
        count(servers, "server") if servers else "",
    )


def _record(_topology: Topology, record: RecordSet) -> Said:
    return record.label or record.name, (
        record.record_type,
        ", ".join(record.addresses[:3]) or record.target,
    )


def _nsg(_topology: Topology, nsg: NetworkSecurityGroup) -> Said:
    return nsg.name, (count(len(nsg.rules), "rule"),)


def _routes(_topology: Topology, table: RouteTable) -> Said:
    return table.name, (
        count(len(table.routes), "route"),
        "no gateway routes" if table.is_propagation_disabled else "",
    )


def _endpoint(topology: Topology, endpoint: PrivateEndpoint) -> Said:
    targets = [name_of(topology.display(c.target)) for c in endpoint.connections if c.target]
    states = {c.status for c in endpoint.connections if c.status}
    return endpoint.name, (
        f"to {', '.join(targets)}" if targets else "",
        ", ".join(sorted(s for s in states if s.lower() != "approved")),
    )


def _nic(topology: Topology, nic: NetworkInterface) -> Said:
    addresses = [format_address(c.address) for c in nic.configurations if c.address is not None]
    owner = nic.vm or nic.private_endpoint
    return nic.name, (
        ", ".join(addresses[:2]),
        f"of {name_of(topology.display(owner))}" if owner else "",
    )


def _vm(_topology: Topology, machine: VirtualMachine) -> Said:
    return machine.name, (machine.power_state.rsplit("/", 1)[-1],)


def _inbound(_topology: Topology, endpoint: InboundEndpoint) -> Said:
    return endpoint.name, (", ".join(endpoint.addresses),)


def _forwarding(_topology: Topology, rule: ForwardingRule) -> Said:
    return rule.domain or "every name", (
        f"to {', '.join(rule.targets)}" if rule.targets else "",
        "" if rule.is_enabled else "disabled",
    )


def _gateway(_topology: Topology, gateway: VirtualNetworkGateway) -> Said:
    return gateway.name, (gateway.gateway_type, "BGP" if gateway.has_bgp else "")


def _connection(_topology: Topology, connection: GatewayConnection) -> Said:
    return connection.name, (connection.connection_type, connection.status)


def _firewall(_topology: Topology, firewall: AzureFirewall) -> Said:
    return firewall.name, (", ".join(map(format_address, firewall.addresses)), firewall.tier)


def _firewall_rule(_topology: Topology, rule: FirewallRule) -> Said:
    return rule.name, (rule.start if rule.start == rule.end else f"{rule.start} - {rule.end}",)


def _lock(_topology: Topology, lock: Lock) -> Said:
    return lock.name, (lock.level,)


_WRITERS: dict[type[Resource], Callable[[Topology, Any], Said]] = {
    VirtualNetwork: _network,
    Subnet: _subnet,
    FlexibleServer: _server,
    Peering: _peering,
    ZoneLink: _link,
    PrivateZone: _zone,
    RecordSet: _record,
    NetworkSecurityGroup: _nsg,
    RouteTable: _routes,
    PrivateEndpoint: _endpoint,
    NetworkInterface: _nic,
    VirtualMachine: _vm,
    InboundEndpoint: _inbound,
    ForwardingRule: _forwarding,
    VirtualNetworkGateway: _gateway,
    GatewayConnection: _connection,
    AzureFirewall: _firewall,
    FirewallRule: _firewall_rule,
    Lock: _lock,
}


def full_name(topology: Topology, arm_id: ArmId) -> str:
    """The name of a resource with what it belongs to, as lists that mix kinds need it."""
    held = topology.find(arm_id)
    if isinstance(held, Subnet):
        return f"{name_in(topology, held.network)}/{name_in(topology, arm_id)}"
    if isinstance(held, Peering) and held.remote is not None:
        return f"{name_in(topology, held.network)} → {name_in(topology, held.remote)}"
    if isinstance(held, ZoneLink) and held.network is not None:
        return f"{name_in(topology, held.network)} → {name_in(topology, held.zone)}"
    if isinstance(held, FirewallRule):
        return f"{name_in(topology, held.server)}/{name_in(topology, arm_id)}"
    return name_in(topology, arm_id)


def telling_name(topology: Topology, arm_id: ArmId) -> str:
    """The name of a resource, with its network's where another subnet has the same."""
    held = topology.find(arm_id)
    if not isinstance(held, Subnet):
        return name_in(topology, arm_id)
    alike = topology.index("subnets by name", Subnet, lambda one: (ArmId(one.name.lower()),))
    is_one = len(alike.get(ArmId(held.name.lower()), ())) < 2
    return name_in(topology, arm_id) if is_one else full_name(topology, arm_id)


def name_in(topology: Topology, arm_id: ArmId | None) -> str:
    """The name of a resource wherever it is mentioned, safe to show."""
    if arm_id is None:
        return ""
    held = topology.find(arm_id)
    return printable((held.name if held is not None else "") or name_of(topology.display(arm_id)))
