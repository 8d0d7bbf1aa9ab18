"""Rows as Azure wrote them, found by id in lower case; nothing is interpreted here."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

Row = dict[str, Any]
Net = ipaddress.IPv4Network

_NET = "microsoft.network/"
VNETS = _NET + "virtualnetworks"
SUBNETS = VNETS + "/subnets"
PEERINGS = VNETS + "/virtualnetworkpeerings"
NSGS = _NET + "networksecuritygroups"
TABLES = _NET + "routetables"
NICS = _NET + "networkinterfaces"
FIREWALLS = _NET + "azurefirewalls"
POLICIES = _NET + "firewallpolicies"
GROUPS = POLICIES + "/rulecollectiongroups"
BALANCERS = _NET + "loadbalancers"
GATEWAYS = _NET + "virtualnetworkgateways"
CONNECTIONS = _NET + "connections"
SITES = _NET + "localnetworkgateways"
NATS = _NET + "natgateways"
PUBLIC_IPS = _NET + "publicipaddresses"
ADMIN = _NET + "effectivesecurityadminrules"
MESHES = _NET + "effectiveconnectivityconfigurations"
MEMBERS = _NET + "networkgroupmemberships"
ZONES = _NET + "privatednszones"
LINKS = ZONES + "/virtualnetworklinks"
A_RECORDS = ZONES + "/a"
RESOLVERS = _NET + "dnsresolvers"
INBOUND = RESOLVERS + "/inboundendpoints"
RULESETS = _NET + "dnsforwardingrulesets"
RULES = RULESETS + "/forwardingrules"
RULESET_LINKS = RULESETS + "/virtualnetworklinks"
ENDPOINTS = _NET + "privateendpoints"
SERVERS = "microsoft.dbforpostgresql/flexibleservers"
FIREWALL_RULES = SERVERS + "/firewallrules"


def low(text: object) -> str:
    """Text for comparing; nothing where it is no text."""
    return text.strip().lower() if isinstance(text, str) else ""


def ref(value: object) -> str:
    """The id in a reference, in lower case, or nothing."""
    return low(value.get("id")) if isinstance(value, dict) else ""


def nets(texts: Iterable[object]) -> list[Net]:
    """The IPv4 ranges among texts; everything else is left out."""
    return [net for text in texts if (net := _net(str(text)))]


@cache
def _net(text: str) -> Net | None:
    try:
        made = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    return made if isinstance(made, ipaddress.IPv4Network) else None


def number(text: object) -> int | None:
    """An IPv4 address as a number."""
    return _number(str(text))


@cache
def _number(text: str) -> int | None:
    try:
        return int(ipaddress.IPv4Address(text.strip()))
    except ValueError:
        return None


def has(net: Net, address: int) -> bool:
    """Whether a range contains an address."""
    first, final = _ends(net)
    return first <= address <= final


@cache
def _ends(net: Net) -> tuple[int, int]:
    return int(net.network_address), int(net.broadcast_address)


Told = TypeVar("Told")
Asked = ParamSpec("Asked")


def remembered(
    answer: Callable[Concatenate[Estate, Asked], Told],
) -> Callable[Concatenate[Estate, Asked], Told]:
    """A question about an estate, worked out once: rows do not change while it is asked."""

    def told(estate: Estate, /, *asked: Asked.args, **more: Asked.kwargs) -> Told:
        key = (answer, asked)
        if key not in estate.memory:
            estate.memory[key] = answer(estate, *asked, **more)
        known: Told = estate.memory[key]
        return known

    return told


def parent(row_id: str) -> str:
    """The id two segments up."""
    return row_id.rsplit("/", 2)[0]


def last(row_id: str) -> str:
    """The last segment of an id."""
    return row_id.rsplit("/", 1)[-1]


def props(row: Row | None) -> Row:
    """The properties of a row, or nothing."""
    found = row.get("properties") if row else None
    return found if isinstance(found, dict) else {}


class Estate:
    """All rows of an estate, nested subnets and peerings among them."""

    def __init__(self, rows: Iterable[Row], coverage: Iterable[Row]) -> None:
        self.memory: dict[Any, Any] = {}
        self.things: dict[str, Row] = {}
        self.kinds: dict[str, list[str]] = {}
        self.is_read = {low(e["kind"]): e["status"] == "read" for e in coverage}
        listed = list(rows)
        for row in listed:
            if low(row["type"]) == VNETS:
                self._nested(row, "subnets", SUBNETS)
                self._nested(row, "virtualNetworkPeerings", PEERINGS)
        for row in listed:
            self._add(row, low(row["type"]))
        self.pieces = pieces(listed)
        """An address from every piece into which the ranges of the estate cut IPv4."""

    def _nested(self, row: Row, key: str, kind: str) -> None:
        for one in props(row).get(key) or []:
            self._add(one, kind)

    def _add(self, row: Row, kind: str) -> None:
        row_id = low(row["id"])
        before = self.things.get(row_id)
        if before is not None:
            row = before | row | {"properties": props(before) | props(row)}
        else:
            self.kinds.setdefault(kind, []).append(row_id)
        self.things[row_id] = row

    def all(self, kind: str) -> list[str]:
        """The ids of all rows of a kind."""
        return self.kinds.get(kind, [])

    def of(self, row_id: str) -> Row:
        """The properties of what has this id; nothing where there is no such row."""
        return props(self.things.get(row_id))

    @remembered
    def children(self, kind: str, of: str) -> list[str]:
        """The rows of a kind whose parent has this id."""
        return [one for one in self.all(kind) if parent(one) == of]

    def read(self, *kinds: str) -> bool:
        """Whether all these kinds were read."""
        return all(self.is_read.get(kind, False) for kind in kinds)

    # Networks

    @remembered
    def space(self, network: str) -> list[Net]:
        """The IPv4 ranges of a network."""
        return nets((self.of(network).get("addressSpace") or {}).get("addressPrefixes") or [])

    def owns(self, network: str, address: int) -> bool:
        """Whether an address is in a network's space."""
        return any(has(net, address) for net in self.space(network))

    @remembered
    def ranges(self, subnet: str) -> list[Net]:
        """The IPv4 ranges of a subnet, singular and plural together."""
        body = self.of(subnet)
        return nets([body.get("addressPrefix"), *(body.get("addressPrefixes") or [])])

    @remembered
    def subnet_at(self, network: str, address: int) -> str:
        """The subnet of a network that holds an address, or nothing."""
        for subnet in self.children(SUBNETS, network):
            if any(has(net, address) for net in self.ranges(subnet)):
                return subnet
        return ""

    @remembered
    def half(self, a: str, b: str) -> Row | None:
        """The peering object in network `a` that names network `b`."""
        for one in self.children(PEERINGS, a):
            if ref(self.of(one).get("remoteVirtualNetwork")) == b:
                return self.of(one)
        return None

    @remembered
    def peers(self, network: str) -> list[str]:
        """Networks peered with this one, both halves Connected and meant for IPv4."""
        found = []
        for one in self.children(PEERINGS, network):
            other = ref(self.of(one).get("remoteVirtualNetwork"))
            back = self.half(other, network)
            if back is not None and _usable(self.of(one)) and _usable(back):
                found.append(other)
        return found

    # Addresses

    @remembered
    def configurations(self, nic: str) -> list[Row]:
        """The properties of the ip configurations of a network interface."""
        return [props(one) for one in self.of(nic).get("ipConfigurations") or []]

    @remembered
    def nic_at(self, network: str, address: int) -> str:
        """The network interface with this address in this network, or nothing."""
        for nic in self.all(NICS):
            for body in self.configurations(nic):
                at_home = parent(ref(body.get("subnet"))) == network
                if at_home and number(body.get("privateIPAddress")) == address:
                    return nic
        return ""


def pieces(rows: list[Row]) -> list[int]:
    """An address from every piece into which ranges written in rows cut IPv4."""
    found = {0, 1 << 31, *(int(net.network_address) for net in nets(["203.0.113.0/24"]))}
    for net in nets({text for row in rows for text in texts(props(row)) if text[:1].isdigit()}):
        found |= {int(net.network_address), int(net.broadcast_address) + 1}
    return sorted(one for one in found if one < 1 << 32)


def texts(value: object) -> list[str]:
    """Every text in a value."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inner for text in texts(one)]


def _usable(half: Row) -> bool:
    return low(half.get("peeringState")) == "connected" and not half.get("enableOnlyIPv6Peering")
