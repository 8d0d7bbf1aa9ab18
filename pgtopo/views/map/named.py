"""How names are answered in a network: whom it asks, which zones it sees, which it lacks."""

from pgtopo.model.dns import InboundEndpoint, PrivateZone, RulesetLink, ZoneLink
from pgtopo.model.firewall import AzureFirewall
from pgtopo.model.ids import ArmId
from pgtopo.model.net import format_address
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.views.absence import short_reason
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in, unfinished
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.map.card import Card, Limb, Plate, Row
from pgtopo.views.map.drawing import Border
from pgtopo.views.map.holdings import holdings
from pgtopo.views.map.link_state import LinkState
from pgtopo.views.signs import Sign, count

_POSTGRES = ("postgres.database", "privatelink")
"""What names of zones contain that matter for flexible servers."""


def names_plate(desk: Desk, network: ArmId | None, server: FlexibleServer | None) -> Plate | None:
    """The zones a network is linked to, and those its servers keep their names in."""
    topology = desk.topology
    every: list[ZoneLink] = topology.links_of_network(network) if network is not None else []
    linked = {one.zone: one for one in every}
    wanted = _zones(desk, network, server)
    zones = list(dict.fromkeys([*wanted, *(sorted(_relevant(desk, linked)) if not server else [])]))
    limbs = [_zone(desk, zone, linked.get(zone), network) for zone in zones]
    rulesets = topology.index("map ruleset links", RulesetLink, lambda k: (k.network,))
    if network is not None:
        limbs += [_ruleset(desk, one) for one in rulesets.get(network, ())]
    if not limbs and network is None:
        return None
    head = Card(
        key="names",
        word="",
        name="names",
        lines=(_asks(desk, network),) if network is not None else (),
    )
    return Plate(head=head, limbs=tuple(limbs))


def _zones(desk: Desk, network: ArmId | None, server: FlexibleServer | None) -> list[ArmId]:
    servers = [server] if server is not None else []
    if server is None and network is not None:
        servers = holdings(desk.facts).of(network).servers
    return list(dict.fromkeys(sorted(one.zone for one in servers if one.zone is not None)))


def _relevant(desk: Desk, linked: dict[ArmId, ZoneLink]) -> list[ArmId]:
    """Linked zones that can hold names of flexible servers."""
    found = []
    for zone in linked:
        name = name_in(desk.topology, zone).lower()
        if any(word in name for word in _POSTGRES) or desk.topology.servers_of_zone(zone):
            found.append(zone)
    return found


def _asks(desk: Desk, network: ArmId) -> Row:
    held = desk.topology.get(VirtualNetwork, network)
    if held is None:
        return (Piece("which DNS server it asks is unknown", Tone.UNKNOWN),)
    if not held.dns_servers:
        return (Piece("asks ", Tone.DIM), Piece("Azure DNS"))
    owners = _owners(desk)
    told = [
        f"{printable(text)} ({owners[text]})" if text in owners else printable(text)
        for text in held.dns_servers
    ]
    return (Piece("asks ", Tone.DIM), Piece(", ".join(told)))


def _owners(desk: Desk) -> dict[str, str]:
    """Resolvers and firewalls by their addresses."""
    firewalls = {
        format_address(address): f"firewall {printable(one.name)}"
        for one in desk.topology.all(AzureFirewall)
        for address in one.addresses
    }
    resolvers = {
        text: f"resolver {name_in(desk.topology, one.resolver)}"
        for one in desk.topology.all(InboundEndpoint)
        for text in one.addresses
    }
    return firewalls | resolvers


def _zone(desk: Desk, zone: ArmId, link: ZoneLink | None, network: ArmId | None) -> Limb:
    topology = desk.topology
    held = topology.get(PrivateZone, zone)
    servers = len(topology.servers_of_zone(zone))
    links = len(topology.links_of_zone(zone))
    told = f"zone of {count(servers, 'server')}, {count(links, 'link')}"
    if held is None:
        told = short_reason(topology, zone, PrivateZone.KIND)
    state, text = _link_state(desk, zone, link, network)
    rows: list[Row] = [(Piece(told, Tone.DIM if held is not None else Tone.UNKNOWN),)]
    if text:
        rows.append((Piece(text, state.look.tone if state is not None else Tone.DIM),))
    sign = desk.problems.sign(zone)
    card = Card(
        key=f"zone {zone}",
        id=zone,
        word="zone",
        name=name_in(topology, zone),
        sign=sign if sign.is_fault else Sign.NONE,
        lines=tuple(rows),
        border=Border.LIGHT if held is not None else Border.DASHED,
    )
    return Limb(card=card, state=state, ids=(link.id,) if link is not None else ())


def _link_state(
    desk: Desk, zone: ArmId, link: ZoneLink | None, network: ArmId | None
) -> tuple[LinkState | None, str]:
    if network is None:
        return None, ""
    if link is not None:
        state = unfinished(link)
        return (LinkState.HALF, printable(f"link {state}")) if state else (LinkState.CONNECTED, "")
    if not desk.topology.coverage.is_read(ZoneLink.KIND, zone):
        return LinkState.UNKNOWN, "whether it is linked was not read"
    return LinkState.DISCONNECTED, "not linked to this network"


def _ruleset(desk: Desk, link: RulesetLink) -> Limb:
    name = name_in(desk.topology, link.ruleset)
    card = Card(
        key=f"ruleset {link.ruleset}",
        id=link.ruleset,
        word="ruleset",
        name=name,
        sign=min(desk.problems.sign(link.ruleset), desk.problems.sign(link.id)),
        lines=((Piece("DNS forwarding ruleset", Tone.DIM),),),
    )
    return Limb(card=card, state=LinkState.CONNECTED, ids=(link.id,))
