"""Writes boxes: networks with their servers, hubs with what stands in them, bundles, sites."""

from collections.abc import Iterable, Sequence

import msgspec

from pgtopo.analysis.networks.connected_groups import Membership, members_of, memberships_of
from pgtopo.model.ids import ArmId, is_within, name_of, type_of
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.routing import VirtualHub
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.views.absence import short_reason
from pgtopo.views.desk import Desk
from pgtopo.views.groupings import Grouping
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.literal import printable
from pgtopo.views.map.card import Card, Row
from pgtopo.views.map.drawing import Border
from pgtopo.views.map.equipment import equipment
from pgtopo.views.map.holdings import holdings
from pgtopo.views.map.link_state import LinkState, wire_text
from pgtopo.views.map.links import Link
from pgtopo.views.map.scale import Scale
from pgtopo.views.map.sites import Site
from pgtopo.views.map.subnet_rows import subnet_rows
from pgtopo.views.problems import Problem
from pgtopo.views.signs import Sign, count
from pgtopo.views.sort_keys import by_name

_SERVERS = {Scale.FAR: 0, Scale.MIDDLE: 8, Scale.CLOSE: 40}
"""Servers named in one box."""


class Writer:
    """Writes the boxes of one estate."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.topology = desk.topology
        self._holdings = holdings(desk.facts)
        self._signs: dict[ArmId, Sign] = {}
        self._cards: dict[tuple[object, ...], Card] = {}
        """Boxes written so far: a map is drawn anew with every letter of a filter."""

    # -- signs ----------------------------------------------------------------------------------

    def sign(self, arm_id: ArmId) -> Sign:
        """The worst that is said about a thing and everything in it."""
        at = self.desk.forest(Grouping.NETWORK).first(arm_id)
        if at is None:
            return self.desk.problems.sign(arm_id)
        return self.desk.rollup(Grouping.NETWORK).worst[at]

    def server_sign(self, server: FlexibleServer) -> Sign:
        """The worst finding of a server; fine where the checks found nothing."""
        known = self._signs.get(server.id)
        if known is None:
            known = self.desk.problems.sign(server.id)
            if self.desk.problems.is_complete:
                known = min(known, Sign.GOOD)
            self._signs[server.id] = known
        return known

    def _worst(self, arm_id: ArmId) -> Problem | None:
        return next((p for p in self.desk.problems.of(arm_id) if p.is_fault), None)

    def worst_check(self, network: ArmId) -> str:
        """The check behind the worst sign of a network and everything in it."""
        at = self.desk.forest(Grouping.NETWORK).first(network)
        if at is None:
            return ""
        places = self.desk.rollup(Grouping.NETWORK).indexes(at)
        faults = [p for p in self.desk.problems.pick(places) if p.is_fault]
        worst = [p for p in faults if p.sign is faults[0].sign]
        mine = [p for p in worst if is_within(p.subject, network)]
        about = [p for p in worst if network in p.related]
        return (mine or about or worst)[0].check.slug if worst else ""

    # -- networks -------------------------------------------------------------------------------

    def network(self, network: ArmId, scale: Scale, stubs: Sequence[Link] = ()) -> Card:
        """A network, a Virtual WAN hub, or something that was not read."""
        key = (network, scale, *((link.a, link.b) for link in stubs))
        known = self._cards.get(key)
        if known is None:
            known = self._cards[key] = self._network(network, scale, stubs)
        return known

    def _network(self, network: ArmId, scale: Scale, stubs: Sequence[Link]) -> Card:
        held = self.topology.find(network)
        if held is None:
            return self.ghost(network, stubs)
        inner = subnet_rows(self, network) if scale is Scale.CLOSE else []
        rows = [*equipment(self.desk, network), *(inner or self.servers(network, scale))]
        if not any(link.state.is_fault for link in stubs):
            rows += self._why(network, scale)
        rows += [self.stub(network, link) for link in stubs]
        rows += self._groups(network)
        if not rows:
            rows = [(Piece(self._in_short(network), Tone.DIM),)]
        return Card(
            key=network,
            id=network,
            word="network" if isinstance(held, VirtualNetwork) else "Virtual WAN hub",
            name=printable(held.name),
            tag=", ".join(map(printable, held.prefixes[:1]))
            if isinstance(held, VirtualNetwork)
            else "",
            sign=self.sign(network),
            lines=tuple(rows),
        )

    def _why(self, network: ArmId, scale: Scale) -> list[Row]:
        """What is wrong in a network whose servers do not tell."""
        sign = self.sign(network)
        servers = [self.server_sign(one) for one in self._holdings.of(network).servers]
        is_told = scale is not Scale.FAR and sign in servers
        if is_told or sign > (Sign.RISK if scale is Scale.CLOSE else Sign.BAD):
            return []
        return [(Piece(f"{sign.shown()} {self.worst_check(network)}", sign.tone),)]

    def _in_short(self, network: ArmId) -> str:
        subnets = self.topology.subnets_of(network)
        return f"{count(len(subnets), 'subnet')}, no server"

    def ghost(self, network: ArmId, stubs: Sequence[Link] = ()) -> Card:
        """A network that is referred to and is not in the data."""
        kind = type_of(network)
        is_wan = kind == VirtualHub.KIND
        why = short_reason(self.topology, network, kind or VirtualNetwork.KIND)
        servers = self.servers(network, Scale.MIDDLE)
        return Card(
            key=network,
            id=network,
            word="Virtual WAN hub" if is_wan else "network",
            name=name_in(self.topology, network),
            sign=min(
                (self.server_sign(s) for s in self._holdings.of(network).servers), default=Sign.NONE
            ),
            lines=(
                (Piece(why, Tone.UNKNOWN),),
                *servers,
                *(self.stub(network, link) for link in stubs),
            ),
            border=Border.DASHED,
        )

    def stub(self, network: ArmId, link: Link) -> Row:
        """A link to another box, written instead of drawn."""
        look = link.state.look
        row = (
            Piece(f"{wire_text(link.state)} ", look.tone),
            Piece(name_in(self.topology, link.other(network))),
        )
        return (*row, Piece(f"  {link.word}", look.tone)) if link.word else row

    def _groups(self, network: ArmId) -> list[Row]:
        found: list[Row] = []
        for one in memberships_of(self.desk.facts, network):
            others = len(members_of(self.desk.facts, one)) - 1
            if others:
                text = f" {group_name(one)}, {count(others, 'other network')}"
                found.append((Piece("═●═", Tone.DIM), Piece(" group", Tone.DIM), Piece(text)))
        return found

    def servers_of(self, networks: Iterable[ArmId]) -> list[FlexibleServer]:
        """The servers in some networks."""
        return [server for one in networks for server in self._holdings.of(one).servers]

    # -- servers --------------------------------------------------------------------------------

    def servers(self, network: ArmId, scale: Scale) -> list[Row]:
        """The servers in a network, the worst first."""
        return self.server_rows(self._holdings.of(network).servers, scale)

    def server_rows(self, servers: Iterable[FlexibleServer], scale: Scale) -> list[Row]:
        """Some servers, the worst first; a number where there are more than fit."""
        signed = sorted((self.server_sign(one), by_name(one), one) for one in servers)
        most = _SERVERS[scale]
        if scale is Scale.FAR:
            return [self.tally([one for _, _, one in signed])] if signed else []
        rows: list[Row] = []
        for sign, _, server in signed[:most]:
            rows.append(_server(sign, server))
            if sign is Sign.BAD or (scale is Scale.CLOSE and sign.is_fault):
                rows += self._finding(server.id)
        if len(signed) > most:
            rows.append(self.tally([one for _, _, one in signed[most:]], "more"))
        return rows

    def _finding(self, arm_id: ArmId) -> list[Row]:
        problem = self._worst(arm_id)
        if problem is None:
            return []
        return [(Piece(f"  {problem.check.slug}", problem.sign.tone),)]

    def tally(self, servers: Sequence[FlexibleServer], word: str = "") -> Row:
        """How many servers there are, and how they fare."""
        signs = [self.server_sign(one) for one in servers]
        noun = f"{len(servers)} {word} servers" if word else count(len(servers), "server")
        pieces = [
            Piece(noun),
            *(
                Piece(f"  {sign.shown()} {signs.count(sign)}", sign.tone)
                for sign in (Sign.BAD, Sign.MIXED, Sign.RISK, Sign.UNKNOWN)
                if sign in signs
            ),
        ]
        if signs and all(sign >= Sign.GOOD for sign in signs) and Sign.GOOD in signs:
            pieces.append(Piece(f"  {Sign.GOOD.shown()}", Tone.GOOD))
        return tuple(pieces)

    # -- others ---------------------------------------------------------------------------------

    def bundle(self, key: str, networks: Sequence[ArmId], why: str) -> Card:
        """Networks that are alike, as one box."""
        servers = self.servers_of(networks)
        names = [name_in(self.topology, one) for one in networks]
        rows: list[Row] = [(Piece(why),)] if why else []
        rows.append(self.tally(servers) if servers else (Piece("no server", Tone.DIM),))
        rows.append((Piece(f"{names[0]} … {names[-1]}", Tone.DIM),))
        return Card(
            key=key,
            word="",
            name=f"{len(networks)} networks alike",
            tag="space opens",
            sign=min((self.sign(one) for one in networks), default=Sign.NONE),
            lines=tuple(rows),
            members=tuple(networks),
            border=Border.ROUND,
        )

    def hub(self, full: Card, networks: Sequence[ArmId], wires: Sequence[Link]) -> Card:
        """A hub and everything that hangs on it, in one box."""
        servers = self.servers_of(networks)
        states = [link.state for link in wires]
        around = [
            Piece(count(len(wires), "network")),
            *(
                Piece(f"  {state.look.sign} {states.count(state)}", state.look.tone)
                for state in reversed(LinkState)
                if state in states
            ),
        ]
        return msgspec.structs.replace(
            full,
            sign=min(self.sign(one) for one in networks),
            lines=(tuple(around), self.tally(servers)),
            members=tuple(networks),
            border=Border.HEAVY,
        )

    def site(self, site: Site) -> Card:
        """A place behind a gateway."""
        shown = ", ".join(site.prefixes[:2]) + (" …" if len(site.prefixes) > 2 else "")
        return Card(
            key=f"site {site.connection}",
            id=site.id,
            word=site.word,
            name=site.name,
            tag=site.word,
            lines=((Piece(shown or site.word, Tone.DIM),),),
            border=Border.ROUND,
        )

    def outside(self, scale: Scale) -> Card | None:
        """The servers that are in no network."""
        key = ("outside", scale)
        if key not in self._cards:
            made = self._outside(scale)
            if made is None:
                return None
            self._cards[key] = made
        return self._cards[key]

    def _outside(self, scale: Scale) -> Card | None:
        servers = [one for one in self.topology.all(FlexibleServer) if one.subnet is None]
        if not servers:
            return None
        return Card(
            key="outside",
            word="",
            name="servers outside every network",
            sign=min(self.server_sign(one) for one in servers),
            lines=tuple(self.server_rows(servers, scale)),
        )


_MODES = {Mode.PUBLIC: "public", Mode.PRIVATE_ENDPOINT: "by endpoint", Mode.UNKNOWN: "mode unknown"}


def _server(sign: Sign, server: FlexibleServer) -> Row:
    facts = [_MODES.get(server.mode, ""), "HA" if server.has_ha else ""]
    facts += ["replica" if server.is_replica else ""]
    if server.state.lower() not in ("", "ready"):
        facts.append(printable(server.state))
    note = "  ".join(one for one in facts if one)
    tail = (Piece(f"  {note}", Tone.DIM),) if note else ()
    return (Piece(f"{sign.shown()} ", sign.tone), Piece(printable(server.name)), *tail)


def group_name(membership: Membership) -> str:
    """What people call a connected group: its configuration, or its network group.

    Deployed configurations have an id below that of the configuration they are a snapshot of.
    """
    parts = membership[0].split("/")
    for word in ("connectivityconfigurations", "networkgroups"):
        if word in parts[:-1]:
            return printable(parts[parts.index(word) + 1])
    return printable(name_of(membership[0]))


def title_of(card: Card) -> Row:
    """The title of a box: sign, name."""
    mark = card.sign.shown().strip()
    front = (Piece(f"{mark} ", card.sign.tone),) if mark and card.sign is not Sign.INFO else ()
    return (*front, Piece(card.name, Tone.STRONG))
