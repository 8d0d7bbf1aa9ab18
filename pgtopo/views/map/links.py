"""Every link between networks of an estate, both halves of a peering as one."""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import Usable, peering_state, unsynced_space
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.model.routing import HubConnection
from pgtopo.model.topology import Topology
from pgtopo.views.labels import name_in
from pgtopo.views.literal import printable
from pgtopo.views.map.holdings import holdings
from pgtopo.views.map.link_state import LinkKind, LinkState


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Two places that are joined."""

    a: ArmId
    b: ArmId
    """The greater id; for hub connections the network."""
    kind: LinkKind
    state: LinkState
    word: str = ""
    """What limits it, in a word or two; empty where the state says it all."""
    text: str = ""
    """The same as a clause that names the side, safe to show."""
    ids: tuple[ArmId, ...] = ()
    """The resources behind it."""

    def other(self, end: ArmId) -> ArmId:
        """The far end."""
        return self.b if end == self.a else self.a


class Links:
    """All links, found by either end."""

    def __init__(self, links: Iterable[Link]) -> None:
        self.all: tuple[Link, ...] = tuple(sorted(links, key=lambda one: (one.a, one.b)))
        self._of: dict[ArmId, list[Link]] = {}
        for one in self.all:
            self._of.setdefault(one.a, []).append(one)
            if one.b != one.a:
                self._of.setdefault(one.b, []).append(one)

    def of(self, end: ArmId) -> list[Link]:
        """The links of one place, by the id of the far end."""
        return self._of.get(end, [])

    def between(self, one: ArmId, other: ArmId) -> Link | None:
        """The link between two places; None where there is none."""
        return next((link for link in self.of(one) if link.other(one) == other), None)


def links(facts: Facts) -> Links:
    """The links of the whole estate.

    Unknown when: a half was read without its state, or the other network's peerings were not read.
    """
    return facts.once("map links", 0, lambda: Links((*_peerings(facts), *_wan(facts))))


def _peerings(facts: Facts) -> list[Link]:
    pairs: dict[tuple[ArmId, ArmId], list[Peering]] = {}
    for half in facts.topology.all(Peering):
        if half.remote is not None:
            low, high = sorted((half.network, half.remote))
            pairs.setdefault((low, high), []).append(half)
    return [_joined(facts, pair, halves) for pair, halves in pairs.items()]


def _joined(facts: Facts, pair: tuple[ArmId, ArmId], halves: list[Peering]) -> Link:
    state, word, text = _state(facts, halves)
    return Link(
        a=pair[0],
        b=pair[1],
        kind=LinkKind.PEERING,
        state=state,
        word=word,
        text=printable(text),
        ids=tuple(half.id for half in halves),
    )


Standing = tuple[LinkState, str, str]
"""A state, a word for it and a clause."""


def _state(facts: Facts, halves: list[Peering]) -> Standing:
    """How a peering stands as a whole.

    Azure rule: traffic flows only while both halves are Connected ("Virtual network peering").
    """
    words = {half.state.lower() for half in halves}
    for state, word in (
        (LinkState.DISCONNECTED, "disconnected"),
        (LinkState.HALF, "initiated"),
    ):
        if word in words:
            return state, word, _whose(facts.topology, halves, word)
    usable = [peering_state(facts, half) for half in halves]
    if any(one.is_half for one in usable):
        where = name_in(facts.topology, halves[0].network)
        return LinkState.HALF, "half made", f"only {where} has its half"
    wrong = [one for one in usable if one.usable is not Usable.YES]
    if any(one.usable is Usable.UNKNOWN for one in wrong):
        return LinkState.UNKNOWN, "unknown", wrong[0].text
    if any(half.is_ipv6_only for half in halves):
        return LinkState.LIMITED, "IPv6 only", "carries IPv6 only"
    if wrong:
        return LinkState.DISCONNECTED, "leads nowhere", wrong[0].text
    return _limits(facts, halves)


def _whose(topology: Topology, halves: list[Peering], word: str) -> str:
    mine = [half for half in halves if half.state.lower() == word]
    names = " and ".join(name_in(topology, half.network) for half in mine)
    return f"{word} at {names}"


def _limits(facts: Facts, halves: list[Peering]) -> Standing:
    topology = facts.topology
    for half in halves:
        where = name_in(topology, half.network)
        if not half.allows_access:
            text = f"virtual network access is off at {where}"
            return LinkState.LIMITED, "access off", text
        if not half.is_complete:
            return LinkState.LIMITED, "listed subnets", "joins listed subnets only"
        if unsynced_space(facts, half):
            text = f"{where} has not synced the other side's ranges"
            return LinkState.LIMITED, "not synced", text
    deaf = [half for half in halves if not half.allows_forwarded and _matters(facts, half)]
    if deaf and len(deaf) == len(halves):
        return LinkState.NO_FORWARDED, "", "neither side lets forwarded traffic in"
    if deaf:
        names = " and ".join(name_in(topology, half.network) for half in deaf)
        return LinkState.NO_FORWARDED, "", f"{names} lets no forwarded traffic in"
    return LinkState.CONNECTED, "", ""


def _matters(facts: Facts, half: Peering) -> bool:
    """Whether anything could be forwarded into this half: a hub's own half seldom counts."""
    held = holdings(facts)
    is_hub = held.of(half.network).forwards
    return not (is_hub and half.remote is not None and not held.of(half.remote).forwards)


def _wan(facts: Facts) -> list[Link]:
    return [
        Link(
            a=one.hub,
            b=one.network,
            kind=LinkKind.WAN,
            state=LinkState.CONNECTED,
            ids=(one.id,),
        )
        for one in facts.topology.all(HubConnection)
        if one.network is not None
    ]


def are_peerings_read(topology: Topology, network: ArmId) -> bool:
    """Whether a network's peerings would be here if there were any."""
    held = topology.get(VirtualNetwork, network)
    return held is not None and topology.coverage.is_read(Peering.KIND, network)
