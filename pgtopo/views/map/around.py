"""One network or server and what surrounds it: its peers, what stands between, its names."""

from collections.abc import Sequence

import msgspec

from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.alike import Hanging, limbs
from pgtopo.views.map.card import Card, Limb, Plate, Row, Scene
from pgtopo.views.map.cards import Writer
from pgtopo.views.map.clusters import clusters, uses_gateways_of
from pgtopo.views.map.gaps import gaps
from pgtopo.views.map.homes import network_of
from pgtopo.views.map.link_state import LinkState
from pgtopo.views.map.links import Link, links
from pgtopo.views.map.named import names_plate
from pgtopo.views.map.scale import Scale
from pgtopo.views.map.subnet_rows import subnet_rows
from pgtopo.views.map.whole import site_limbs
from pgtopo.views.signs import count

_MANY = 12
"""Peers from which on those that are alike are bundled."""


def around(
    desk: Desk,
    focus: ArmId,
    *,
    opened: frozenset[str] = frozenset(),
    writer: Writer | None = None,
) -> Scene:
    """The surroundings of a server, a network, or anything inside one."""
    home = network_of(desk.topology, focus)
    server = desk.topology.get(FlexibleServer, focus)
    plates: list[Plate] = []
    if home is not None:
        plates.append(_Around(writer or Writer(desk), home, server, opened).plate())
    elif server is not None:
        plates.append(_public(desk, server))
    if home is not None or server is not None:
        names = names_plate(desk, home, server)
        plates += [names] if names is not None else []
    return Scene(
        title=f"around {name_in(desk.topology, focus)}",
        plates=tuple(plates),
        notes=gaps(desk.facts),
    )


class _Around:
    """The plate of one network in the making."""

    def __init__(
        self, writer: Writer, home: ArmId, server: FlexibleServer | None, opened: frozenset[str]
    ) -> None:
        self._desk = desk = writer.desk
        self._home = home
        self._server = server
        self._opened = opened
        self._writer = writer
        self._links = links(desk.facts)

    def plate(self) -> Plate:
        """The network in full, with everything that is joined to it."""
        hanging = [self._hanging(link) for link in self._links.of(self._home)]
        found = limbs(
            self._writer,
            self._home,
            hanging,
            Scale.MIDDLE,
            bundles=len(hanging) > _MANY,
            opened=self._opened,
        )
        peers = tuple(self._with_beyond(limb) for limb in found)
        return Plate(head=self._head(), limbs=(*site_limbs(self._writer, self._home), *peers))

    def _head(self) -> Card:
        server = self._server.id if self._server is not None else None
        rows = subnet_rows(self._writer, self._home, server)
        card = self._writer.network(self._home, Scale.FAR)
        kept = tuple(row for row in card.lines if _is_equipment(row))
        return msgspec.structs.replace(card, lines=(*kept, *rows) or card.lines)

    def _hanging(self, link: Link) -> Hanging:
        """A peer; its own links to other peers are written into its box."""
        other = link.other(self._home)
        near = {one.other(self._home) for one in self._links.of(self._home)}
        stubs = tuple(
            one for one in self._links.of(other) if one.other(other) in near and one != link
        )
        return Hanging(other, link, stubs)

    def _with_beyond(self, limb: Limb) -> Limb:
        """A peer that is a hub, with how much lies behind it."""
        card = limb.card
        if not card.id:
            return limb
        rows: list[Row] = []
        if uses_gateways_of(self._desk.facts, self._home, card.id):
            rows.append((Piece("its gateways are used", Tone.DIM),))
        cluster = clusters(self._desk.facts).of(card.id)
        if cluster is not None and cluster.head == card.id:
            rows += self._beyond(cluster.spokes)
        if not rows:
            return limb
        return msgspec.structs.replace(
            limb, card=msgspec.structs.replace(card, lines=(*card.lines, *rows))
        )

    def _beyond(self, spokes: Sequence[ArmId]) -> list[Row]:
        near = {one.other(self._home) for one in self._links.of(self._home)}
        far = [one for one in spokes if one != self._home and one not in near]
        if not far:
            return []
        servers = self._writer.servers_of(far)
        tally = self._writer.tally(servers) if servers else ()
        return [(Piece(f"behind it {count(len(far), 'network')}  ", Tone.DIM), *tally)]


def _is_equipment(row: Row) -> bool:
    return len(row) > 2 and row[1].tone is Tone.DIM


def _public(desk: Desk, server: FlexibleServer) -> Plate:
    """A server in no network, with the networks its private endpoints are in."""
    writer = Writer(desk)
    rules = len(desk.topology.firewall_rules(server.id))
    lines: list[Row] = writer.server_rows([server], Scale.CLOSE)
    lines.append((Piece(count(rules, "firewall rule"), Tone.DIM),))
    head = Card(
        key=server.id,
        id=server.id,
        word="server",
        name=name_in(desk.topology, server.id),
        tag="in no network",
        sign=writer.server_sign(server),
        lines=tuple(lines),
    )
    found = []
    for endpoint in desk.topology.endpoints_of(server.id):
        home = network_of(desk.topology, endpoint.subnet) if endpoint.subnet is not None else None
        status = next((c.status for c in endpoint.connections if c.target == server.id), "")
        if home is not None:
            card = writer.network(home, Scale.FAR)
            found.append(Limb(card=card, state=_STATES.get(status.lower(), LinkState.UNKNOWN)))
    return Plate(head=head, limbs=tuple(found))


_STATES = {
    "approved": LinkState.CONNECTED,
    "pending": LinkState.HALF,
    "rejected": LinkState.DISCONNECTED,
    "disconnected": LinkState.DISCONNECTED,
}
