"""Which addresses a service tag means, in one possible world."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.rows import (
    CONNECTIONS,
    GATEWAYS,
    MEMBERS,
    MESHES,
    SITES,
    VNETS,
    Estate,
    Net,
    has,
    low,
    nets,
    number,
    parent,
    props,
    ref,
    remembered,
)

#: The address of a public server: nobody knows it, but it is public.
PUBLIC = -1

PRIVATE = nets(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"])
ANY = nets(["0.0.0.0/0"])[0]
PLATFORM = number("168.63.129.16")
REGION = "westeurope"
SERVICES = ("azurecloud", "sql", "storage", "azureactivedirectory")


@dataclass(frozen=True)
class World:
    """What nobody can know from rows, settled one way."""

    source_port: int = 50000
    widens: bool = False
    """A default route (or what was not read) puts everything into VirtualNetwork."""
    is_sql: bool = False
    """The tag Sql covers public flexible servers."""
    is_near: bool = False
    """A public server's address lies in the public ranges that rules name."""
    services: tuple[str, ...] = ()
    """The service tags that cover the addresses of networks in public space."""
    is_member: bool = False
    """The client belongs to every application security group (interfaces not read)."""


def is_private(address: int) -> bool:
    """Whether an address is in a private range."""
    return address != PUBLIC and any(has(net, address) for net in PRIVATE)


@remembered
def gateway_prefixes(estate: Estate, network: str) -> list[Net]:
    """On-premises ranges behind the gateways that a network uses: its own or a peer's."""
    found = []
    for home in gateway_networks(estate, network):
        for gateway in gateways_in(estate, home):
            for one in estate.all(CONNECTIONS):
                body = estate.of(one)
                if ref(body.get("virtualNetworkGateway1")) == gateway:
                    site = estate.of(ref(body.get("localNetworkGateway2")))
                    space = site.get("localNetworkAddressSpace") or {}
                    found += nets(space.get("addressPrefixes") or [])
    return found


@remembered
def gateways_in(estate: Estate, network: str) -> list[str]:
    """The gateways that sit in a network."""
    return [
        gateway
        for gateway in estate.all(GATEWAYS)
        for one in estate.of(gateway).get("ipConfigurations") or []
        if parent(ref(props(one).get("subnet"))) == network
    ]


@remembered
def gateway_networks(estate: Estate, network: str) -> list[str]:
    """The networks whose gateways a network uses."""
    found = [network] if gateways_in(estate, network) else []
    for peer in estate.peers(network):
        here, there = estate.half(network, peer) or {}, estate.half(peer, network) or {}
        is_shared = here.get("useRemoteGateways") and there.get("allowGatewayTransit")
        if is_shared and gateways_in(estate, peer):
            found.append(peer)
    return found


@remembered
def meshed(estate: Estate, network: str) -> list[str]:
    """The networks that share a connected group with this one."""
    mine = _groups(estate, network)
    found = []
    for one in estate.all(MESHES):
        other = one.split("/providers/microsoft.network/effective", maxsplit=1)[0]
        if other != network and mine & _groups(estate, other):
            found.append(other)
    return found


def _groups(estate: Estate, network: str) -> set[str]:
    row = f"{network}/providers/{MESHES}/default"
    found = set()
    for one in estate.of(row).get("effectiveConnectivityConfigurations") or []:
        for group in props(one).get("appliesToGroups") or []:
            if low(group.get("groupConnectivity")) == "directlyconnected":
                found.add(low(group.get("networkGroupId")))
    return found


@remembered
def virtual_network(estate: Estate, subnet: str) -> list[Net]:
    """The ranges that VirtualNetwork surely covers for a subnet."""
    network = parent(subnet)
    found = estate.space(network) + nets(["168.63.129.16"]) + gateway_prefixes(estate, network)
    for peer in estate.peers(network):
        half = estate.half(network, peer) or {}
        if half.get("allowVirtualNetworkAccess", True):
            found += nets((half.get("remoteAddressSpace") or {}).get("addressPrefixes") or [])
    for other in meshed(estate, network):
        found += estate.space(other)
    for route in user_routes(estate, subnet):
        found += [net for net in nets([route.get("addressPrefix")]) if net != ANY]
    return found


@remembered
def user_routes(estate: Estate, subnet: str) -> list[dict[str, object]]:
    """The bodies of the routes in a subnet's route table."""
    table = ref(estate.of(subnet).get("routeTable"))
    return [props(one) for one in estate.of(table).get("routes") or []] if table else []


def may_widen(estate: Estate, subnet: str, address: int) -> bool:
    """Whether VirtualNetwork may cover an address although nothing that is seen says so."""
    if not estate.read(MESHES, MEMBERS) and address != PUBLIC:
        home = parent(subnet)
        others = [one for one in estate.all(VNETS) if one not in (home, *estate.peers(home))]
        if any(estate.owns(one, address) for one in others):
            return True
    table = ref(estate.of(subnet).get("routeTable"))
    if table and table not in estate.things:
        return True
    if not estate.read(GATEWAYS, CONNECTIONS, SITES):
        return True
    return any(
        ANY in nets([route.get("addressPrefix")]) and low(route.get("nextHopType")) != "internet"
        for route in user_routes(estate, subnet)
    )


def tag_covers(estate: Estate, subnet: str, tag: str, address: int, world: World) -> bool:
    """Whether a tag, seen from a subnet's NSG, covers an address in this world."""
    tag, _, region = tag.partition(".")
    if tag == "virtualnetwork":
        known = virtual_network(estate, subnet)
        is_known = address != PUBLIC and any(has(net, address) for net in known)
        return is_known or (world.widens and may_widen(estate, subnet, address))
    if tag == "internet":
        if address == PUBLIC:
            return True
        inside = tag_covers(estate, subnet, "virtualnetwork", address, world)
        return not is_private(address) and not inside
    if address != PUBLIC:
        return not is_private(address) and tag in world.services
    if region not in ("", REGION):
        return False
    return tag == "azurecloud" or (tag == "sql" and world.is_sql)
