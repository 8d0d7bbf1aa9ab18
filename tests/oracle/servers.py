"""Servers: mode, state, the addresses that may be theirs, their doors."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.routes import endpoint_address
from tests.oracle.rows import (
    A_RECORDS,
    ENDPOINTS,
    FIREWALL_RULES,
    SERVERS,
    Estate,
    has,
    last,
    low,
    number,
    props,
    ref,
)
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN

SUFFIX = "postgres.database.azure.com"
_BLOCKING = ("stopped", "disabled", "dropping", "inaccessible", "provisioning")


@dataclass(frozen=True)
class Server:
    """What the path needs of a server."""

    id: str
    name: str
    fqdn: str
    mode: str
    zone: str
    subnet: str
    is_public_open: bool
    has_endpoint: bool
    """An approved private endpoint."""
    addresses: tuple[int, ...]
    endpoint_subnet: str
    ranges: tuple[tuple[int, int], ...]

    def is_inside(self, address: int) -> bool:
        """Whether an address is in the delegated subnet."""
        return any(first <= address <= final for first, final in self.ranges)


def all_servers(estate: Estate) -> list[str]:
    """The ids of all servers."""
    return estate.all(SERVERS)


def server(estate: Estate, server_id: str) -> Server:
    """A server as the path sees it."""
    body = estate.of(server_id)
    network = body.get("network") or {}
    older = body.get("delegatedSubnetArguments") or {}
    subnet = low(network.get("delegatedSubnetResourceId") or older.get("subnetArmResourceId"))
    access = low(network.get("publicNetworkAccess") or body.get("publicNetworkAccess"))
    endpoints = [] if subnet else _endpoints(estate, server_id)
    approved = [one for one, status in endpoints if status == "approved"]
    found = [endpoint_address(estate, one) for one in approved]
    ranges = estate.ranges(subnet) if subnet else []
    return Server(
        id=server_id,
        name=last(server_id),
        fqdn=low(body.get("fullyQualifiedDomainName")),
        mode=_mode(subnet, endpoints, access),
        zone=low(network.get("privateDnsZoneArmResourceId")),
        subnet=subnet,
        is_public_open=access == "enabled",
        has_endpoint=bool(approved),
        addresses=tuple(one for one in found if one is not None),
        endpoint_subnet=ref(estate.of(approved[0]).get("subnet")) if approved else "",
        ranges=tuple((int(one.network_address), int(one.broadcast_address)) for one in ranges),
    )


def _endpoints(estate: Estate, server_id: str) -> list[tuple[str, str]]:
    """The private endpoints a server lists, with their status."""
    found = []
    for one in estate.of(server_id).get("privateEndpointConnections") or []:
        state = props(one).get("privateLinkServiceConnectionState") or {}
        found.append((ref(props(one).get("privateEndpoint")), low(state.get("status"))))
    return found


def _mode(subnet: str, endpoints: list[tuple[str, str]], access: str) -> str:
    if subnet:
        return "vnet"
    if endpoints:
        return "private_endpoint"
    return "public" if access == "enabled" else "unknown"


def state(estate: Estate, server_id: str) -> str:
    """What the server's state allows."""
    said = low(estate.of(server_id).get("state"))
    if said in ("ready", "updating"):
        return ALLOWED
    return BLOCKED if said in _BLOCKING else UNKNOWN


def candidates(estate: Estate, found: Server) -> list[int]:
    """The addresses an injected server may have: its zone's records, else its whole subnet."""
    if estate.read(A_RECORDS):
        listed = []
        for record in estate.children(A_RECORDS, found.zone):
            for one in estate.of(record).get("aRecords") or []:
                address = number(one.get("ipv4Address"))
                if address is not None and found.is_inside(address):
                    listed.append(address)
        if listed:
            return sorted(set(listed))
    return [
        address
        for net in estate.ranges(found.subnet)
        for address in range(int(net.network_address) + 4, int(net.broadcast_address))
    ]


def admits(estate: Estate, server_id: str, sources: list[int] | None, *, is_azure: bool) -> str:
    """What the firewall rules say of public sources; None where those are not known."""
    if not estate.read(FIREWALL_RULES):
        return UNKNOWN
    rules = []
    for one in estate.children(FIREWALL_RULES, server_id):
        body = estate.of(one)
        first, final = number(body.get("startIpAddress")), number(body.get("endIpAddress"))
        if first is not None and final is not None and first <= final:
            rules.append((first, final))
    if is_azure and (0, 0) in rules:
        return ALLOWED
    if sources is None:
        if (0, (1 << 32) - 1) in rules:
            return ALLOWED
        return UNKNOWN if [one for one in rules if one != (0, 0)] else BLOCKED
    let_in = [any(first <= one <= final for first, final in rules) for one in sources]
    if all(let_in):
        return ALLOWED
    return UNKNOWN if any(let_in) else BLOCKED


__all__ = ["ENDPOINTS", "Server", "admits", "candidates", "has", "server", "state"]
