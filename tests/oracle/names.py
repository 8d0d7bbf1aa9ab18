"""What a client's resolver answers for a server's name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.oracle.filters import End, passes
from tests.oracle.firewalls import box_at, judges
from tests.oracle.journey import find_box
from tests.oracle.nsgs import Packet
from tests.oracle.reach import reaches
from tests.oracle.routes import Route, route_to
from tests.oracle.rows import (
    A_RECORDS,
    ENDPOINTS,
    FIREWALLS,
    INBOUND,
    LINKS,
    NICS,
    RESOLVERS,
    RULES,
    RULESET_LINKS,
    RULESETS,
    VNETS,
    ZONES,
    Estate,
    has,
    last,
    low,
    number,
    parent,
    props,
    ref,
)
from tests.oracle.servers import SUFFIX, Server
from tests.oracle.words import ALLOWED, BLOCKED, UNKNOWN

PLATFORM = "168.63.129.16"


@dataclass(frozen=True)
class Answer:
    """The word, and whether the name leads to the server's public address."""

    word: str
    is_public: bool = False


def ask(estate: Estate, client: End, source: int, server: Server, asked: str = "") -> Answer:
    """What the client's DNS servers, asked in order, say; on premises it is the one named."""
    network = parent(client.subnet)
    if client.is_gateway:
        return _server_says(estate, client, source, asked, server) or Answer(BLOCKED)
    listed: list[str] = []
    if client.nic:
        listed = list((estate.of(client.nic).get("dnsSettings") or {}).get("dnsServers") or [])
    if not listed:
        listed = list((estate.of(network).get("dhcpOptions") or {}).get("dnsServers") or [])
    if not listed or [low(one) for one in listed] == ["azureprovideddns"]:
        return azure(estate, network, server)
    for text in listed:
        said = _server_says(estate, client, source, text, server)
        if said is not None:
            return said
    return Answer(BLOCKED)


def _server_says(
    estate: Estate, client: End, source: int, text: str, server: Server
) -> Answer | None:
    """The answer of one DNS server; None where it stays silent and the next is asked."""
    if text == PLATFORM:
        return azure(estate, parent(client.subnet), server)
    address = number(text)
    if address is None:
        return Answer(UNKNOWN)
    owner = _owner(estate, address)
    if owner is None:
        return _unowned(estate, client, source, address)
    end, kind, owner_id = owner
    word = reaches(estate, client, Packet(source, address, 53, "udp"), end)
    if word == BLOCKED:
        return None
    if word == UNKNOWN:
        return Answer(UNKNOWN)
    if kind == "firewall":
        return _firewall(estate, owner_id, end, server)
    said = azure(estate, parent(end.subnet), server)
    return said if kind == "inbound" else _machine(said, server)


def _machine(said: Answer, server: Server) -> Answer:
    """A DNS machine: at best it forwards to Azure DNS in its network."""
    if said.word == BLOCKED and not (said.is_public and server.is_public_open):
        return Answer(BLOCKED)
    return Answer(UNKNOWN)


def _firewall(estate: Estate, firewall: str, end: End, server: Server) -> Answer | None:
    policy = ref(estate.of(firewall).get("firewallPolicy"))
    settings = estate.of(policy).get("dnsSettings") or {}
    if policy not in estate.things:
        return Answer(UNKNOWN)
    if not settings.get("enableProxy"):
        return None
    if settings.get("servers"):
        return Answer(UNKNOWN)
    return azure(estate, parent(end.subnet), server)


def _owner(estate: Estate, address: int) -> tuple[End, str, str] | None:
    """What has a DNS server's address: (end, kind, id)."""
    for endpoint in estate.all(INBOUND):
        for one in estate.of(endpoint).get("ipConfigurations") or []:
            if number(one.get("privateIpAddress")) == address:
                return End(ref(one.get("subnet"))), "inbound", endpoint
    for network in estate.all(VNETS):
        box = box_at(estate, network, address)
        if box is not None and box.kind == "firewall":
            return End(box.subnet, is_service=True), "firewall", box.id
        if box is not None and box.kind == "nic":
            return End(box.subnet, nic=box.id), "machine", box.id
    return None


def _unowned(estate: Estate, client: End, source: int, address: int) -> Answer | None:
    """A DNS server that nobody knows: silent where the way out is surely shut, else unknown."""
    packet = Packet(source, address, 53, "udp")
    if passes(estate, replace(client, is_guess=True), "Out", packet) == BLOCKED:
        return None
    routes = route_to(estate, client.subnet, address)
    if len(routes) != 1:
        return Answer(UNKNOWN)
    if routes[0].hop in ("local", "peer", "group"):
        return _unowned_near(estate, client, packet, routes[0])
    is_lost = routes[0].origin == "user" and _is_lost(estate, client, packet, routes[0])
    return None if is_lost else Answer(UNKNOWN)


def _unowned_near(estate: Estate, client: End, packet: Packet, route: Route) -> Answer | None:
    """An address in an own or peered network: somebody may be there only if a subnet is."""
    subnet = estate.subnet_at(route.peer or parent(client.subnet), packet.target)
    if not subnet or reaches(estate, client, packet, End(subnet)) == BLOCKED:
        return None
    return Answer(UNKNOWN)


def _is_lost(estate: Estate, client: End, packet: Packet, route: Route) -> bool:
    """Whether a user-defined route surely loses the query."""
    if route.hop != "appliance":
        return route.hop in ("none", "internet")
    box = find_box(estate, parent(client.subnet), route)
    if isinstance(box, str):
        return box == BLOCKED
    if box.kind == "firewall" and judges(estate, box.id, packet) == BLOCKED:
        return True
    if box.kind == "nic" and not estate.of(box.id).get("enableIPForwarding"):
        return True
    beyond = route_to(estate, box.subnet, packet.target)
    if len(beyond) != 1 or beyond[0].hop not in ("local", "peer", "group"):
        return False
    return not estate.subnet_at(beyond[0].peer or parent(box.subnet), packet.target)


# Azure DNS


def azure(estate: Estate, network: str, server: Server, seen: tuple[str, ...] = ()) -> Answer:
    """What Azure DNS answers in a network."""
    if network in seen:
        return Answer(BLOCKED)
    names = [server.fqdn]
    if server.mode == "vnet":
        names.append(f"?.{last(server.zone)}" if server.zone else "")
    elif server.has_endpoint:
        names.append(f"{server.name}.privatelink.{SUFFIX}")
    for name in names:
        said = _one_name(estate, network, name, server, seen)
        if said is not None:
            return said
    if server.mode == "vnet":
        return Answer(BLOCKED)
    is_wrong = server.has_endpoint and not server.is_public_open
    return Answer(BLOCKED if is_wrong else ALLOWED, is_public=True)


def _one_name(
    estate: Estate, network: str, name: str, server: Server, seen: tuple[str, ...]
) -> Answer | None:
    """The final answer for one name of the chain; None where public DNS goes on."""
    if name == "":
        return Answer(BLOCKED)
    links = _links(estate, network, name)
    if not estate.read(LINKS) and not links and _is_covered(estate, name):
        return Answer(UNKNOWN)
    if links:
        return _zone_says(estate, links, name, server)
    return _forwarded(estate, network, name, server, seen)


def _is_covered(estate: Estate, name: str) -> bool:
    """Whether there is a zone, wherever linked, that the name falls under."""
    return any(f".{name}".endswith(f".{last(zone)}") for zone in estate.all(ZONES))


def _links(estate: Estate, network: str, name: str) -> list[str]:
    """The links of a network to the zones that cover a name most closely."""
    found: dict[str, list[str]] = {}
    for link in estate.all(LINKS):
        zone = last(parent(link))
        is_here = ref(estate.of(link).get("virtualNetwork")) == network
        if is_here and f".{name}".endswith(f".{zone}"):
            found.setdefault(zone, []).append(link)
    return found[max(found, key=len)] if found else []


def _zone_says(estate: Estate, links: list[str], name: str, server: Server) -> Answer | None:
    if len(links) > 1:
        return Answer(UNKNOWN)
    link, zone = links[0], parent(links[0])
    body = estate.of(link)
    is_done = low(body.get("virtualNetworkLinkState")) in ("completed", "")
    if not is_done or low(body.get("provisioningState")) != "succeeded":
        return Answer(UNKNOWN)
    if not estate.read(A_RECORDS):
        return Answer(UNKNOWN)
    if name.startswith("?."):
        return _injected(estate, zone, server)
    return _named(estate, zone, name, body, server)


def _injected(estate: Estate, zone: str, server: Server) -> Answer:
    """The target's label is not known, so records are matched by their address."""
    has_record = any(server.is_inside(one) for one in addresses(estate, zone))
    if zone == server.zone:
        return Answer(ALLOWED if has_record else BLOCKED)
    return Answer(UNKNOWN if has_record else BLOCKED)


def _named(
    estate: Estate, zone: str, name: str, link: dict[str, object], server: Server
) -> Answer | None:
    label = name.removesuffix(last(zone)).rstrip(".")
    found = addresses(estate, zone, label)
    if not found:
        is_private_link = last(zone).startswith("privatelink.")
        if is_private_link and low(link.get("resolutionPolicy")) == "nxdomainredirect":
            return None
        return Answer(BLOCKED)
    right = server.addresses
    if not right:
        return Answer(UNKNOWN)
    if all(one in right for one in found):
        return Answer(ALLOWED)
    return Answer(UNKNOWN if any(one in right for one in found) else BLOCKED)


def addresses(estate: Estate, zone: str, label: str | None = None) -> list[int]:
    """The addresses of a zone's A records, or of one label's."""
    found = []
    for record in estate.children(A_RECORDS, zone):
        if label is None or last(record) == label:
            for one in estate.of(record).get("aRecords") or []:
                address = number(one.get("ipv4Address"))
                if address is not None:
                    found.append(address)
    return found


def _forwarded(
    estate: Estate, network: str, name: str, server: Server, seen: tuple[str, ...]
) -> Answer | None:
    if not estate.read(RULESETS, RULESET_LINKS, RULES):
        return Answer(UNKNOWN)
    rule = _best_rule(estate, network, name)
    if rule is None:
        return None
    targets = estate.of(rule).get("targetDnsServers") or []
    if not targets:
        return Answer(BLOCKED)
    address = number(targets[0].get("ipAddress")) or 0
    sender = _sender(estate, parent(rule))
    owner = _owner(estate, address)
    source = int(estate.ranges(sender.subnet)[0].network_address) + 4
    if owner is None:
        return _unowned(estate, sender, source, address) or Answer(BLOCKED)
    if owner[1] != "inbound":
        return Answer(UNKNOWN)
    home, before = parent(owner[0].subnet), (*seen, network)
    if home in before:
        return Answer(BLOCKED)
    word = reaches(estate, sender, Packet(source, address, 53, "udp"), owner[0])
    return azure(estate, home, server, before) if word == ALLOWED else Answer(word)


def _best_rule(estate: Estate, network: str, name: str) -> str | None:
    """The enabled rule for the longest suffix of a name, among rulesets linked to a network."""
    best: tuple[int, str] = (0, "")
    for link in estate.all(RULESET_LINKS):
        if ref(estate.of(link).get("virtualNetwork")) != network:
            continue
        for rule in estate.children(RULES, parent(link)):
            domain = low(estate.of(rule).get("domainName")).strip(".")
            is_on = low(estate.of(rule).get("forwardingRuleState")) != "disabled"
            if is_on and domain and f".{name}".endswith(f".{domain}"):
                best = max(best, (len(domain), rule))
    return best[1] or None


def _sender(estate: Estate, ruleset: str) -> End:
    """The subnet from which a ruleset's queries leave."""
    outbound = ref(estate.of(ruleset)["dnsResolverOutboundEndpoints"][0])
    return End(ref(estate.of(outbound).get("subnet")))


__all__ = ["ENDPOINTS", "FIREWALLS", "NICS", "RESOLVERS", "ZONES", "ask", "has", "props"]
