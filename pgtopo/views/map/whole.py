"""The whole estate as a scene: hubs with what hangs on them, and what stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pgtopo.analysis.networks.connected_groups import members_of
from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork
from pgtopo.views.desk import Desk
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.alike import Hanging, limbs
from pgtopo.views.map.card import Card, Limb, Plate, Scene
from pgtopo.views.map.cards import Writer, group_name
from pgtopo.views.map.clusters import Cluster, clusters, hubs_between
from pgtopo.views.map.gaps import gaps
from pgtopo.views.map.link_state import LinkKind, LinkState
from pgtopo.views.map.links import Link, are_peerings_read, links
from pgtopo.views.map.scale import Scale
from pgtopo.views.map.sites import sites_of
from pgtopo.views.signs import count

MANY = 60
"""Networks from which on those that are alike are bundled."""
MANY_HUBS = 8
"""Hubs from which on each is one box, until it is opened."""


def whole(
    desk: Desk,
    scale: Scale | None = None,
    *,
    opened: frozenset[str] = frozenset(),
    kept: frozenset[ArmId] | None = None,
    is_apart: bool = False,
    writer: Writer | None = None,
) -> Scene:
    """Everything, or the networks a filter keeps, with the hubs they hang on.

    Where there are many, hubs are folded and networks that are alike are bundled, unless
    everything is to stand apart.
    """
    return _Whole(writer or Writer(desk), scale, opened, kept, is_apart=is_apart).scene()


def usual_scale(desk: Desk) -> Scale:
    """How much boxes say where nobody chose."""
    many = len(desk.topology.all(VirtualNetwork)) > MANY
    return Scale.FAR if many else Scale.MIDDLE


OUTSIDE = ArmId("outside")
"""Stands for the servers in no network where a filter says what is kept."""


class _Whole:
    """One scene in the making."""

    def __init__(
        self,
        writer: Writer,
        scale: Scale | None,
        opened: frozenset[str],
        kept: frozenset[ArmId] | None,
        *,
        is_apart: bool,
    ) -> None:
        desk = self._desk = writer.desk
        self._facts = desk.facts
        self._writer = writer
        self._scale = usual_scale(desk) if scale is None else scale
        self._opened = opened
        self._kept = kept
        self._links = links(desk.facts)
        self._clusters = clusters(desk.facts)
        self._is_apart = is_apart or (kept is not None and len(kept) <= MANY)
        self._bundles = len(desk.topology.all(VirtualNetwork)) > MANY and not self._is_apart
        self._backbone = _backbone(self._clusters.all, hubs_between(desk.facts))

    def scene(self) -> Scene:
        """Hubs first, then what has no link, then servers outside every network."""
        shown = [one for one in self._clusters.all if self._keeps(one)]
        is_many = len(shown) > MANY_HUBS and not self._is_apart
        folded = [one for one in shown if is_many and one.head not in self._opened]
        plates = [self._plate(one) for one in shown if one not in folded]
        if folded:
            plates.insert(0, self._many(folded))
        plates += self._loose()
        return Scene(
            title=summary(self._desk),
            plates=tuple(plates),
            backbone=self._backbone if len(shown) > 1 and not folded else None,
            cross=self._cross(),
            notes=gaps(self._desk.facts),
            hidden=self._hidden(),
        )

    def _is_kept(self, network: ArmId) -> bool:
        return self._kept is None or network in self._kept

    def _keeps(self, cluster: Cluster) -> bool:
        return any(self._is_kept(one) for one in (cluster.head, *cluster.spokes))

    def _hidden(self) -> int:
        if self._kept is None:
            return 0
        return sum(1 for one in self._desk.topology.all(VirtualNetwork) if one.id not in self._kept)

    # -- plates ---------------------------------------------------------------------------------

    def _plate(self, cluster: Cluster) -> Plate:
        hanging = [self._hanging(one, cluster.head) for one in cluster.spokes if self._is_kept(one)]
        found = limbs(
            self._writer,
            cluster.head,
            hanging,
            self._scale,
            bundles=self._bundles,
            opened=self._opened,
        )
        return Plate(
            head=self._head(cluster), limbs=(*site_limbs(self._writer, cluster.head), *found)
        )

    def _head(self, cluster: Cluster) -> Card:
        if cluster.group is not None:
            members = members_of(self._facts, cluster.group)
            return Card(
                key=cluster.head,
                word="connected group",
                name=f"connected group {group_name(cluster.group)}",
                tag=f"{len(members)} networks",
            )
        return self._writer.network(cluster.head, self._scale, self._stubs(cluster.head))

    def _hanging(self, network: ArmId, head: ArmId) -> Hanging:
        link = self._links.between(network, head)
        if link is None:
            link = _by_group(network, head)
        return Hanging(network, link, self._stubs(network))

    def _stubs(self, network: ArmId) -> tuple[Link, ...]:
        """The links of a network that are not drawn as wires."""
        homes = self._clusters.homes
        return tuple(
            link
            for link in self._links.of(network)
            if homes.get(network) != link.other(network)
            and homes.get(link.other(network)) != network
            and not (self._backbone is not None and self._is_between_heads(link))
        )

    def _is_between_heads(self, link: Link) -> bool:
        homes = self._clusters.homes
        return link.a not in homes and link.b not in homes

    def _cross(self) -> tuple[Link, ...]:
        found = dict.fromkeys(
            link
            for cluster in self._clusters.all
            for one in (cluster.head, *cluster.spokes)
            for link in self._stubs(one)
        )
        return tuple(found)

    def _many(self, folded: Sequence[Cluster]) -> Plate:
        """Many hubs as one rack of boxes."""
        told = "each joined to every other" if self._backbone is not None else ""
        servers = [s for one in folded for s in self._writer.servers_of((one.head, *one.spokes))]
        lines = (((Piece(told, Tone.DIM),),) if told else ()) + (self._writer.tally(servers),)
        name = count(len(folded), "hub")
        head = Card(key="hubs", word="", name=name, tag="space opens one", lines=lines)
        made = [Limb(card=self._folded(one), state=self._backbone) for one in folded]
        made.sort(key=lambda limb: (limb.card.sign, limb.card.name.lower()))
        return Plate(head=head, limbs=tuple(made))

    def _folded(self, cluster: Cluster) -> Card:
        """A hub with everything that hangs on it as one box."""
        full = self._writer.network(cluster.head, Scale.FAR, ())
        every = (cluster.head, *cluster.spokes)
        links_of = [self._links.between(one, cluster.head) for one in cluster.spokes]
        return self._writer.hub(full, every, [link for link in links_of if link is not None])

    def _loose(self) -> list[Plate]:
        plates = []
        loose = [one for one in self._clusters.loose if self._is_kept(one)]
        topology = self._desk.topology
        for title, chosen in (
            ("networks without a peering", [x for x in loose if are_peerings_read(topology, x)]),
            (
                "networks whose peerings were not read",
                [x for x in loose if not are_peerings_read(topology, x)],
            ),
        ):
            if chosen:
                hanging = [Hanging(one, None) for one in chosen]
                bundles = self._bundles or len(chosen) > MANY
                found = limbs(
                    self._writer, title, hanging, self._scale, bundles=bundles, opened=self._opened
                )
                head = Card(key=title, word="", name=title, tag=str(len(chosen)))
                plates.append(Plate(head=head, limbs=tuple(found)))
        outside = self._writer.outside(max(self._scale, Scale.MIDDLE))
        if outside is not None and self._is_kept(OUTSIDE):
            plates.append(Plate(head=outside))
        return plates


def _backbone(every: Sequence[Cluster], between: Sequence[Link]) -> LinkState | None:
    """How the heads are joined, where each is joined to each and all links stand alike."""
    states = {link.state for link in between}
    heads = [one for one in every if one.group is None]
    pairs = len(heads) * (len(heads) - 1) // 2
    if len(heads) < 2 or len(heads) != len(every) or len(between) != pairs or len(states) != 1:
        return None
    return states.pop()


def _by_group(network: ArmId, head: ArmId) -> Link:
    return Link(a=head, b=network, kind=LinkKind.GROUP, state=LinkState.CONNECTED)


def site_limbs(writer: Writer, network: ArmId) -> tuple[Limb, ...]:
    """The places behind the gateways of a network."""
    return tuple(
        Limb(
            card=writer.site(site),
            state=site.state,
            kind=LinkKind.TUNNEL,
            text=site.text,
            ids=(site.connection,),
        )
        for site in sites_of(writer.desk.facts, network)
    )


def summary(desk: Desk) -> str:
    """How much there is, in one line: networks, and links by state."""
    networks = len(desk.topology.all(VirtualNetwork))
    states = Counter(link.state for link in links(desk.facts).all)
    shown = "  ".join(
        f"{state.look.sign} {states[state]:,}" for state in LinkState if states[state]
    )
    return f"{count(networks, 'network')}  {shown}".rstrip()
