"""Subscriptions, their resource groups, and the resources in them."""

from pgtopo.model.base import Resource
from pgtopo.model.dns import (
    DnsResolver,
    ForwardingRule,
    ForwardingRuleset,
    InboundEndpoint,
    OutboundEndpoint,
    PrivateZone,
)
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.governance import Lock, ResourceGroup, Subscription
from pgtopo.model.ids import ArmId, group_of, subscription_of
from pgtopo.model.network import NatGateway, NetworkInterface, VirtualMachine, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import (
    GatewayConnection,
    RouteTable,
    VirtualHub,
    VirtualNetworkGateway,
)
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.forest import Node, Role
from pgtopo.views.groupings.planter import Planter
from pgtopo.views.sort_keys import by_name

_ROLES: dict[type[Resource], Role] = {
    FlexibleServer: Role.SERVER,
    VirtualNetwork: Role.NETWORK,
    PrivateZone: Role.ZONE,
    NetworkSecurityGroup: Role.NSG,
    RouteTable: Role.ROUTES,
    PrivateEndpoint: Role.ENDPOINT,
    DnsResolver: Role.RESOLVER,
    ForwardingRuleset: Role.RULESET,
    AzureFirewall: Role.FIREWALL,
    VirtualNetworkGateway: Role.GATEWAY,
    GatewayConnection: Role.CONNECTION,
    VirtualHub: Role.HUB,
    NatGateway: Role.NAT,
    VirtualMachine: Role.VM,
    NetworkInterface: Role.NIC,
}
"""The kinds shown in a resource group, in this order; others follow by type."""

_ORDER = {kind: at for at, kind in enumerate(_ROLES)}
_TOP_LEVEL_SLASHES = 8
"""In `/subscriptions/s/resourcegroups/g/providers/ns/type/name`."""


def plant(topology: Topology) -> list[Node]:
    """The nodes of the estate by subscription."""
    planter = Planter(topology)
    found: dict[str, dict[str, list[Resource]]] = {}
    for resource in topology.resources():
        subscription = subscription_of(resource.id)
        if not subscription or isinstance(resource, Lock | ResourceGroup):
            continue
        groups = found.setdefault(subscription, {})
        if resource.id.count("/") == _TOP_LEVEL_SLASHES:
            groups.setdefault(group_of(resource.id), []).append(resource)
    for subscription in sorted(found, key=lambda s: _subscription_key(topology, s)):
        _subscription(planter, subscription, found[subscription])
    return planter.nodes


def _subscription_key(topology: Topology, subscription: str) -> tuple[str, str]:
    held = topology.get(Subscription, ArmId(f"/subscriptions/{subscription}"))
    return (held.name.lower() if held else "", subscription)


def _subscription(planter: Planter, subscription: str, groups: dict[str, list[Resource]]) -> None:
    scope = ArmId(f"/subscriptions/{subscription}")
    planter.add(0, Role.SUBSCRIPTION, scope)
    planter.each(1, Role.LOCK, planter.topology.locks_at(scope))
    for group in sorted(groups):
        inside = ArmId(f"{scope}/resourcegroups/{group}")
        planter.add(1, Role.GROUP, inside)
        planter.each(2, Role.LOCK, planter.topology.locks_at(inside))
        for resource in sorted(groups[group], key=_place):
            _resource(planter, resource)


def _place(resource: Resource) -> tuple[int, str, tuple[str, str]]:
    kind = type(resource)
    return _ORDER.get(kind, len(_ORDER)), kind.KIND, by_name(resource)


def _resource(planter: Planter, resource: Resource) -> None:
    topology = planter.topology
    if isinstance(resource, VirtualNetwork):
        planter.network(2, resource)
        return
    planter.add(2, _ROLES.get(type(resource), Role.OTHER), resource.id)
    if isinstance(resource, PrivateZone):
        planter.links(3, resource.id)
    elif isinstance(resource, FlexibleServer):
        planter.rules_and_ends(3, resource)
    elif isinstance(resource, DnsResolver):
        inner = topology.index("tree in of", InboundEndpoint, lambda e: (e.resolver,))
        planter.each(3, Role.INBOUND, inner.get(resource.id, ()))
        outer = topology.index("tree out of", OutboundEndpoint, lambda e: (e.resolver,))
        planter.each(3, Role.OUTBOUND, outer.get(resource.id, ()))
    elif isinstance(resource, ForwardingRuleset):
        rules = topology.index("tree rules of", ForwardingRule, lambda r: (r.ruleset,))
        planter.each(3, Role.RULE, rules.get(resource.id, ()))
    planter.each(3, Role.LOCK, topology.locks_at(resource.id))
