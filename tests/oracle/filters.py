"""Everything that filters at one end of a connection: admin rules, then NSGs."""

from __future__ import annotations

from dataclasses import dataclass

from tests.oracle.nsgs import DENY, EXPLICIT, Packet, Spot, outcomes
from tests.oracle.rows import (
    ADMIN,
    Estate,
    Row,
    has,
    low,
    nets,
    parent,
    props,
    ref,
)
from tests.oracle.tags import PUBLIC
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN, both

DELEGATION = "microsoft.dbforpostgresql/flexibleservers"
NSG_POLICIES = ("enabled", "networksecuritygroupenabled")


@dataclass(frozen=True)
class End:
    """One end of a connection: the NSGs that stand before it."""

    subnet: str
    nic: str = ""
    """Set where a network interface itself is the end."""
    is_endpoint: bool = False
    is_service: bool = False
    """A firewall, load balancer or resolver: something without rules of its own."""
    is_gateway: bool = False
    """A gateway's subnet, from which packets of clients on premises start."""
    is_guess: bool = False
    """What the packet is for is in no row, and may be on premises."""


def nsgs_of(estate: Estate, end: End) -> list[str]:
    """The NSGs that apply at an end."""
    body = estate.of(end.subnet)
    if end.is_endpoint and low(body.get("privateEndpointNetworkPolicies")) not in NSG_POLICIES:
        return []
    found = [ref(body.get("networkSecurityGroup"))]
    if end.nic:
        found.append(ref(estate.of(end.nic).get("networkSecurityGroup")))
    return [one for one in found if one]


def is_delegated(estate: Estate, subnet: str) -> bool:
    """Whether a subnet belongs to flexible servers."""
    named = [props(one).get("serviceName") for one in estate.of(subnet).get("delegations") or []]
    return DELEGATION in [low(one) for one in named]


def spot_of(estate: Estate, end: End, direction: str) -> Spot:
    """How NSGs look at an end."""
    return Spot(
        end.subnet,
        direction,
        takes_groups=not is_delegated(estate, end.subnet),
        any_source_port=end.is_endpoint,
        is_open=end.is_guess,
    )


def admin_says(estate: Estate, network: str, direction: str, packet: Packet) -> str:
    """`deny`, `alwaysallow`, or nothing where NSGs decide."""
    body = estate.of(f"{network}/providers/{ADMIN}/default")
    rules: list[Row] = []
    for one in body.get("effectiveSecurityAdminConfigurations") or []:
        rules += [props(rule) for rule in one.get("rules") or []]
    for rule in sorted(rules, key=lambda one: int(one["priority"])):
        if _admin_matches(rule, direction, packet):
            said = low(rule.get("access"))
            return "" if said == "allow" else said
    return ""


def _admin_matches(rule: Row, direction: str, packet: Packet) -> bool:
    if low(rule.get("direction")) != f"{direction.lower()}bound":
        return False
    if low(rule.get("protocol")) not in ("any", "*", packet.protocol):
        return False
    ports = rule.get("destinationPortRanges") or ["0-65535"]
    bounds = [str(one).partition("-") for one in ports]
    if not any(int(a) <= packet.port <= int(b or a) for a, _, b in bounds):
        return False
    return _admin_side(rule.get("sources") or [], packet.source) and _admin_side(
        rule.get("destinations") or [], packet.target
    )


def _admin_side(items: list[Row], address: int) -> bool:
    """Only prefixes and `*` are understood."""
    texts = [str(one.get("addressPrefix")) for one in items]
    if not texts or "*" in texts:
        return True
    return address != PUBLIC and any(has(net, address) for net in nets(texts))


def passes(estate: Estate, end: End, direction: str, packet: Packet) -> str:
    """Whether an end's rules let a packet through."""
    if not end.is_endpoint and not end.is_service:
        said = admin_says(estate, parent(end.subnet), direction, packet)
        if said:
            return BLOCKED if said == "deny" else ALLOWED
    spot = spot_of(estate, end, direction)
    return both(_word(outcomes(estate, nsg, spot, packet)) for nsg in nsgs_of(estate, end))


def _word(said: set[str]) -> str:
    if said == {DENY}:
        return BLOCKED
    return UNKNOWN if DENY in said else ALLOWED


def passes_by_exception(estate: Estate, end: End, direction: str, packet: Packet) -> str:
    """Whether explicit rules let through what a peering's flag would stop: unknown, or blocked."""
    if not end.is_endpoint and not end.is_service:
        said = admin_says(estate, parent(end.subnet), direction, packet)
        if said:
            return BLOCKED if said == "deny" else UNKNOWN
    spot = spot_of(estate, end, direction)
    for nsg in nsgs_of(estate, end):
        if EXPLICIT not in outcomes(estate, nsg, spot, packet):
            return BLOCKED
    return UNKNOWN


def refuses_everyone(estate: Estate, end: End, packet: Packet) -> bool:
    """Whether an end's inbound rules let nobody through, whatever the source."""
    return all(
        passes(estate, end, "In", Packet(source, packet.target, packet.port, packet.protocol))
        == BLOCKED
        for source in estate.pieces
    )


def no_exception_for_anyone(estate: Estate, end: End, direction: str, packet: Packet) -> bool:
    """Whether no rule at an end undoes a peering's flag, whatever the source."""
    return all(
        passes_by_exception(
            estate, end, direction, Packet(source, packet.target, packet.port, packet.protocol)
        )
        == BLOCKED
        for source in estate.pieces
    )
