"""One network security group, one packet: the first rule that matches, in every possible world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

from tests.oracle.rows import NICS, NSGS, Estate, Row, has, low, nets, parent, props, ref
from tests.oracle.tags import PRIVATE, PUBLIC, SERVICES, World, is_private, may_widen, tag_covers

DEFAULTS: list[Row] = [
    {"priority": 65000, "direction": "In", "peer": "VirtualNetwork", "own": "VirtualNetwork"},
    {"priority": 65001, "direction": "In", "peer": "AzureLoadBalancer", "own": "*"},
    {"priority": 65500, "direction": "In", "peer": "*", "own": "*", "access": "Deny"},
    {"priority": 65000, "direction": "Out", "peer": "VirtualNetwork", "own": "VirtualNetwork"},
    {"priority": 65001, "direction": "Out", "peer": "Internet", "own": "*"},
    {"priority": 65500, "direction": "Out", "peer": "*", "own": "*", "access": "Deny"},
]

ALLOW, EXPLICIT, DENY = "allow", "explicit allow", "deny"


@dataclass(frozen=True)
class Packet:
    """The packet that opens a connection."""

    source: int
    target: int
    port: int = 5432
    protocol: str = "tcp"


@dataclass(frozen=True)
class Spot:
    """Where an NSG stands."""

    subnet: str
    direction: str
    """`In` or `Out`."""
    takes_groups: bool = True
    """False in front of delegated server subnets: groups never match there."""
    any_source_port: bool = False
    """True for private endpoints: source ports are not looked at."""
    is_open: bool = False
    """True where the packet's target may be on premises, in VirtualNetwork by unseen routes."""


def outcomes(estate: Estate, nsg: str, spot: Spot, packet: Packet) -> set[str]:
    """What the NSG may do with the packet: a single member where it is certain."""
    if nsg not in estate.things:
        return {EXPLICIT, DENY}
    found: set[str] = set()
    rules = list(_rules(estate, nsg, spot.direction))
    for world in _worlds(estate, rules, spot, packet):
        found |= _decide(estate, rules, spot, packet, world)
    return found


def _worlds(estate: Estate, rules: list[Row], spot: Spot, packet: Packet) -> Iterator[World]:
    ports = {1024, 65535}
    for rule in rules:
        for low_port, high_port in _ports(rule, "source"):
            ports |= {low_port - 1, low_port, high_port, high_port + 1}
    ends = (packet.source, packet.target)
    is_open = spot.is_open or any(may_widen(estate, spot.subnet, one) for one in ends)
    widens = [False, True] if is_open else [False]
    members = [False] if estate.read(NICS) else [False, True]
    possible = sorted(port for port in ports if 1024 <= port <= 65535)
    either = [False, True] if packet.target == PUBLIC else [False]
    is_odd = any(one != PUBLIC and not is_private(one) for one in ends)
    sizes = range(len(SERVICES) + 1) if is_odd else range(1)
    services = [some for size in sizes for some in combinations(SERVICES, size)]
    for port, wide, is_sql, is_near in product(possible, widens, either, either):
        for some, is_member in product(services, members):
            yield World(port, wide, is_sql, is_near, some, is_member)


def _rules(estate: Estate, nsg: str, direction: str) -> Iterator[Row]:
    for one in estate.of(nsg).get("securityRules") or []:
        if low(props(one).get("direction")) == f"{direction.lower()}bound":
            yield props(one)
    for default in DEFAULTS:
        if default["direction"] == direction:
            peer, own = default["peer"], default["own"]
            ends = (peer, own) if direction == "In" else (own, peer)
            yield {
                "priority": default["priority"],
                "access": default.get("access", "Allow"),
                "protocol": "*",
                "sourceAddressPrefix": ends[0],
                "destinationAddressPrefix": ends[1],
                "sourcePortRange": "*",
                "destinationPortRange": "*",
                "isDefault": True,
            }


def _decide(estate: Estate, rules: list[Row], spot: Spot, packet: Packet, world: World) -> set[str]:
    """The first priority at which a rule matches; a tie leaves all that its rules say."""
    for priority in sorted({rule["priority"] for rule in rules}):
        said = set()
        for rule in rules:
            if rule["priority"] == priority:
                said |= _says(estate, rule, spot, packet, world)
        if said:
            return said
    return {DENY}


def _says(estate: Estate, rule: Row, spot: Spot, packet: Packet, world: World) -> set[str]:
    if low(rule.get("protocol")) not in ("*", "any", "all", packet.protocol):
        return set()
    if not _in_ports(packet.port, _ports(rule, "destination")):
        return set()
    if not spot.any_source_port and not _in_ports(world.source_port, _ports(rule, "source")):
        return set()
    ends = {"source": packet.source, "destination": packet.target}
    how = {end: _matches(estate, rule, end, ends[end], spot, world) for end in ends}
    if not (how["source"] and how["destination"]):
        return set()
    if low(rule.get("access")) == "deny":
        return {DENY}
    peer_end = "source" if spot.direction == "In" else "destination"
    is_explicit = not rule.get("isDefault") and how[peer_end] != {"tag"}
    return {EXPLICIT if is_explicit else ALLOW}


def _ports(rule: Row, end: str) -> list[tuple[int, int]]:
    listed = [rule.get(f"{end}PortRange"), *(rule.get(f"{end}PortRanges") or [])]
    found = []
    for text in ",".join(str(one) for one in listed if one).split(","):
        first, _, second = text.strip().partition("-")
        if first == "*":
            found.append((0, 65535))
        elif first:
            found.append((int(first), int(second or first)))
    return found


def _in_ports(port: int, ranges: list[tuple[int, int]]) -> bool:
    return any(first <= port <= second for first, second in ranges)


def _matches(
    estate: Estate, rule: Row, end: str, address: int, spot: Spot, world: World
) -> set[str]:
    """How one end of a rule matches: by `tag` (VirtualNetwork), by something `else`, or not."""
    listed = [rule.get(f"{end}AddressPrefix"), *(rule.get(f"{end}AddressPrefixes") or [])]
    how = set()
    for item in listed:
        if _covers(estate, low(item), address, spot, world):
            how.add("tag" if low(item) == "virtualnetwork" else "else")
    for group in rule.get(f"{end}ApplicationSecurityGroups") or []:
        if spot.takes_groups and _is_member(estate, ref(group), address, spot, world):
            how.add("else")
    return how


def _covers(estate: Estate, item: str, address: int, spot: Spot, world: World) -> bool:
    if not item:
        return False
    if item in ("*", "any", "0.0.0.0/0"):
        return True
    written = nets([item])
    if written and address == PUBLIC:
        return world.is_near and not any(written[0].subnet_of(net) for net in PRIVATE)
    if written:
        return has(written[0], address)
    if item == "virtualnetwork" and spot.is_open and world.widens:
        return True
    return tag_covers(estate, spot.subnet, item, address, world)


def _is_member(estate: Estate, group: str, address: int, spot: Spot, world: World) -> bool:
    """Whether a network interface in the NSG's own network has the address and the group."""
    if not is_private(address):
        return False
    network = parent(spot.subnet)
    if not estate.read(NICS):
        return world.is_member and estate.owns(network, address)
    nic = estate.nic_at(network, address)
    for body in estate.configurations(nic):
        if group in [ref(one) for one in body.get("applicationSecurityGroups") or []]:
            return True
    return False


def replaced(packet: Packet, **ends: Any) -> Packet:
    """The packet with another source or target."""
    return replace(packet, **ends)


__all__ = ["ALLOW", "DENY", "EXPLICIT", "NSGS", "Packet", "Spot", "outcomes", "replaced"]
