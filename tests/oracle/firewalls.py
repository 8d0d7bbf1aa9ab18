"""What owns a next hop, and what an Azure Firewall does with a packet."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.nsgs import Packet
from tests.oracle.rows import (
    BALANCERS,
    FIREWALLS,
    GROUPS,
    NICS,
    POLICIES,
    PUBLIC_IPS,
    Estate,
    Row,
    has,
    low,
    nets,
    number,
    parent,
    props,
    ref,
)
from tests.oracle.tags import PRIVATE, PUBLIC
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN, one_of


@dataclass(frozen=True)
class Box:
    """What sits at a next hop address."""

    kind: str
    """firewall, nic or balancer."""
    id: str
    subnet: str


def box_at(estate: Estate, network: str, address: int) -> Box | None:
    """What owns an address in a network."""
    for firewall in estate.all(FIREWALLS):
        for one in estate.of(firewall).get("ipConfigurations") or []:
            subnet = ref(props(one).get("subnet"))
            is_here = parent(subnet) == network
            if is_here and number(props(one).get("privateIPAddress")) == address:
                return Box("firewall", firewall, subnet)
    for balancer in estate.all(BALANCERS):
        for one in estate.of(balancer).get("frontendIPConfigurations") or []:
            subnet = ref(props(one).get("subnet"))
            is_here = parent(subnet) == network
            if is_here and number(props(one).get("privateIPAddress")) == address:
                return Box("balancer", balancer, subnet)
    nic = estate.nic_at(network, address)
    if nic:
        for body in estate.configurations(nic):
            if number(body.get("privateIPAddress")) == address:
                return Box("nic", nic, ref(body.get("subnet")))
    return None


def boxes_are_read(estate: Estate) -> bool:
    """Whether everything that could own a next hop was read."""
    return estate.read(NICS, FIREWALLS, BALANCERS)


def judges(estate: Estate, firewall: str, packet: Packet) -> str:
    """What a firewall's network rules say; where a public target may be meant, either way."""
    return one_of(_judges(estate, firewall, packet, is_near=near) for near in (False, True))


def _judges(estate: Estate, firewall: str, packet: Packet, *, is_near: bool) -> str:
    policy = ref(estate.of(firewall).get("firewallPolicy"))
    if not policy or policy not in estate.things or not estate.read(POLICIES, GROUPS):
        return UNKNOWN
    listed: list[tuple[int, int, str, Row]] = []
    for group in estate.children(GROUPS, policy):
        body = estate.of(group)
        for collection in body.get("ruleCollections") or []:
            action = low((collection.get("action") or {}).get("type"))
            for rule in collection.get("rules") or []:
                key = (int(body["priority"]), int(collection["priority"]))
                listed.append((*key, action, rule))
    for _, _, action, rule in sorted(listed, key=lambda one: one[:2]):
        if _fits(rule, packet, is_near=is_near):
            return ALLOWED if action == "allow" else BLOCKED
    return BLOCKED


def _fits(rule: Row, packet: Packet, *, is_near: bool) -> bool:
    protocols = [low(one) for one in rule.get("ipProtocols") or []]
    if not {"any", packet.protocol} & set(protocols):
        return False
    if not _has_port(rule.get("destinationPorts") or [], packet.port):
        return False
    return _side(rule.get("sourceAddresses") or [], packet.source, is_near=is_near) and _side(
        rule.get("destinationAddresses") or [], packet.target, is_near=is_near
    )


def _has_port(texts: list[str], port: int) -> bool:
    for text in texts:
        first, _, second = text.partition("-")
        if first == "*" or int(first) <= port <= int(second or first):
            return True
    return False


def _side(texts: list[str], address: int, *, is_near: bool) -> bool:
    if "*" in texts:
        return True
    if address == PUBLIC:
        public = [net for net in nets(texts) if not any(net.subnet_of(one) for one in PRIVATE)]
        return is_near and bool(public)
    return any(has(net, address) for net in nets(texts))


def translates(estate: Estate, firewall: str, target: int) -> bool | None:
    """Whether a firewall puts its own address before packets to a target; None if not visible."""
    policy = ref(estate.of(firewall).get("firewallPolicy"))
    if not policy or policy not in estate.things:
        return None
    if target == PUBLIC:
        return True
    ranges = (estate.of(policy).get("snat") or {}).get("privateRanges")
    kept = PRIVATE if ranges is None else nets(ranges)
    return not any(has(net, target) for net in kept)


def public_addresses(estate: Estate, firewall: str) -> list[int] | None:
    """A firewall's public addresses; None where one is not visible."""
    found = []
    for one in estate.of(firewall).get("ipConfigurations") or []:
        public = ref(props(one).get("publicIPAddress"))
        if public:
            address = number(estate.of(public).get("ipAddress"))
            if address is None:
                return None
            found.append(address)
    return found


def own_address(estate: Estate, firewall: str) -> int:
    """A firewall's private address."""
    for one in estate.of(firewall).get("ipConfigurations") or []:
        found = number(props(one).get("privateIPAddress"))
        if found is not None:
            return found
    return 0


__all__ = ["NICS", "PUBLIC_IPS", "Box", "box_at", "judges", "translates"]
