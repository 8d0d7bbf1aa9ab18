"""The routes of one subnet, listed out, and the one that takes an address."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.rows import (
    ENDPOINTS,
    Estate,
    Net,
    Row,
    has,
    low,
    nets,
    number,
    parent,
    props,
    ref,
)
from tests.oracle.tags import ANY, PRIVATE, gateway_prefixes, meshed, user_routes

ROUTE_POLICIES = ("enabled", "routetableenabled")


@dataclass(frozen=True)
class Route:
    """One effective route."""

    prefix: Net
    hop: str
    """local, peer, group, endpoint, gateway, internet, none, appliance or other."""
    origin: str
    """user, gateway or system."""
    peer: str = ""
    hop_ip: int | None = None


_HOPS = {
    "vnetlocal": "local",
    "virtualnetworkgateway": "gateway",
    "virtualappliance": "appliance",
    "internet": "internet",
    "none": "none",
}


def user(estate: Estate, subnet: str) -> list[Route]:
    """The user-defined routes of a subnet that are written as ranges."""
    found = []
    for body in user_routes(estate, subnet):
        for net in nets([body.get("addressPrefix")]):
            hop = _HOPS.get(low(body.get("nextHopType")), "other")
            found.append(Route(net, hop, "user", hop_ip=number(body.get("nextHopIpAddress"))))
    return found


def table_of(estate: Estate, subnet: str) -> Row | None:
    """The subnet's route table: empty where it has none, None where it cannot be seen."""
    table = ref(estate.of(subnet).get("routeTable"))
    if not table:
        return {}
    return estate.of(table) if table in estate.things else None


def system(estate: Estate, subnet: str, *, follows_table: bool = True) -> list[Route]:
    """What Azure routes by itself in a subnet."""
    network = parent(subnet)
    table = (table_of(estate, subnet) or {}) if follows_table else {}
    space = estate.space(network)
    found = [Route(net, "local", "system") for net in space]
    found.append(Route(ANY, "internet", "system"))
    written = user(estate, subnet) if follows_table else []
    if ANY not in [one.prefix for one in written]:
        found += [
            Route(net, "none", "system")
            for net in PRIVATE
            if not any(net.subnet_of(own) for own in space)
        ]
    keeps_peers = low(table.get("disablePeeringRoute")) != "all"
    for peer in estate.peers(network) if keeps_peers else []:
        half = estate.half(network, peer) or {}
        listed = (half.get("remoteAddressSpace") or {}).get("addressPrefixes") or []
        found += [Route(net, "peer", "system", peer) for net in nets(listed)]
    for other in meshed(estate, network):
        found += [Route(net, "group", "system", other) for net in estate.space(other)]
    found += _endpoint_routes(estate, network)
    if not table.get("disableBgpRoutePropagation"):
        found += [Route(net, "gateway", "gateway") for net in gateway_prefixes(estate, network)]
    return found


def _endpoint_routes(estate: Estate, network: str) -> list[Route]:
    found = []
    for endpoint in estate.all(ENDPOINTS):
        home = parent(ref(estate.of(endpoint).get("subnet")))
        address = endpoint_address(estate, endpoint)
        is_near = home == network or home in estate.peers(network)
        if address is not None and is_near:
            peer = "" if home == network else home
            found.append(Route(Net((address, 32)), "endpoint", "system", peer))
    return found


def endpoint_address(estate: Estate, endpoint: str) -> int | None:
    """The address of a private endpoint's network interface."""
    for nic in estate.of(endpoint).get("networkInterfaces") or []:
        for body in estate.configurations(ref(nic)):
            found = number(body.get("privateIPAddress"))
            if found is not None:
                return found
    for one in estate.of(endpoint).get("customDnsConfigs") or []:
        for text in one.get("ipAddresses") or []:
            return number(text)
    return None


def choose(routes: list[Route], address: int) -> list[Route]:
    """The routes that take an address: one, or several where nothing tells them apart."""
    fitting = [one for one in routes if has(one.prefix, address)]
    if any(one.origin == "system" and one.hop in ("local", "peer", "endpoint") for one in fitting):
        fitting = [one for one in fitting if one.origin != "gateway"]
    if not fitting:
        return []
    longest = max(one.prefix.prefixlen for one in fitting)
    fitting = [one for one in fitting if one.prefix.prefixlen == longest]
    for origin in ("user", "gateway", "system"):
        kept = [one for one in fitting if one.origin == origin]
        direct = [one for one in kept if one.hop != "group"]
        if kept:
            return direct or kept
    return []


def route_to(
    estate: Estate, subnet: str, address: int, *, follows_table: bool = True
) -> list[Route]:
    """The route that a subnet's packets to an address take; empty where it cannot be known."""
    if not follows_table:
        return choose(system(estate, subnet, follows_table=False), address)
    if table_of(estate, subnet) is None:
        return []
    mine, given = user(estate, subnet), system(estate, subnet)
    found = choose(mine + given, address)
    endpoints = [one for one in found if one.hop == "endpoint"]
    if not endpoints:
        return found
    home = endpoints[0].peer or parent(subnet)
    able = [one for one in mine if has(one.prefix, address) and _steers(estate, home, one, address)]
    return choose(able, address) if able else endpoints


def _steers(estate: Estate, home: str, route: Route, address: int) -> bool:
    """Whether a user-defined route may take packets away from a private endpoint's own route."""
    if route.prefix.prefixlen == 32:
        return True
    body = estate.of(estate.subnet_at(home, address))
    if low(body.get("privateEndpointNetworkPolicies")) not in ROUTE_POLICIES:
        return False
    around = [net.prefixlen for net in estate.space(home) if has(net, address)]
    return bool(around) and route.prefix.prefixlen >= max(around)


def names(half: Row, key: str) -> list[str]:
    """The subnets a peering lists."""
    return [low(one) for one in half.get(key) or []]


def lists_admit(estate: Estate, a: str, b: str) -> bool:
    """Whether two subnets of peered networks are both in the lists of both halves."""
    for here, there in ((a, b), (b, a)):
        half = estate.half(parent(here), parent(there)) or {}
        if half.get("peerCompleteVnets") is False:
            mine = low(here).rsplit("/", 1)[-1]
            other = low(there).rsplit("/", 1)[-1]
            if mine not in names(half, "localSubnetNames"):
                return False
            if other not in names(half, "remoteSubnetNames"):
                return False
    return True


__all__ = ["Route", "choose", "endpoint_address", "lists_admit", "props", "route_to"]
