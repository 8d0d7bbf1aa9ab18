"""Which network hangs on which: hubs with their spokes, and networks that stand alone."""

from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.connected_groups import Membership, members_of, memberships_of
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.model.routing import VirtualHub
from pgtopo.views.labels import name_in
from pgtopo.views.map.holdings import holdings
from pgtopo.views.map.links import Link, Links, links

_LEAST = 3
"""Links that make a network without any appliance a hub."""


class Cluster(NamedTuple):
    """A hub with the networks that are drawn as hanging on it."""

    head: ArmId
    """A network, a Virtual WAN hub, or a connected group."""
    spokes: tuple[ArmId, ...] = ()
    group: Membership | None = None
    """Set where the head is a connected group."""


class Clusters(NamedTuple):
    """Every network, each in one place."""

    all: tuple[Cluster, ...]
    loose: tuple[ArmId, ...]
    """Networks without any link."""
    homes: dict[ArmId, ArmId]
    """The head each spoke hangs on."""

    def of(self, network: ArmId) -> Cluster | None:
        """The cluster whose head is a network, or that holds it as a spoke."""
        head = self.homes.get(network, network)
        return next((one for one in self.all if one.head == head), None)


def clusters(facts: Facts) -> Clusters:
    """The networks of the estate by hub."""
    return facts.once("map clusters", 0, lambda: _Sorter(facts).sorted())


class _Sorter:
    """Takes hubs first, then what hangs on them, then what is left by itself."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._links: Links = links(facts)
        self._homes: dict[ArmId, ArmId] = {}
        self._heads: list[ArmId] = []
        self._groups: dict[ArmId, Membership] = {}

    def sorted(self) -> Clusters:
        """Every network once."""
        places = self._places()
        self._heads = [one for one in places if self._is_hub(one)]
        self._attach([one for one in places if one not in set(self._heads)])
        left = [one for one in places if one not in self._homes and one not in set(self._heads)]
        loose = self._islands(left)
        spokes: dict[ArmId, list[ArmId]] = {one: [] for one in self._heads}
        for network, head in self._homes.items():
            spokes[head].append(network)
        made = [
            Cluster(head, tuple(sorted(spokes[head], key=self._name)), self._groups.get(head))
            for head in sorted(self._heads, key=self._order)
        ]
        return Clusters(tuple(made), tuple(sorted(loose, key=self._name)), self._homes)

    def _name(self, one: ArmId) -> tuple[str, str]:
        return name_in(self._facts.topology, one).lower(), one

    def _order(self, one: ArmId) -> tuple[int, str, str]:
        """Hubs that hold something before heads that only have many links."""
        rank = 0 if self._holds(one) else 2 if one in self._groups else 1
        return rank, *self._name(one)

    def _holds(self, one: ArmId) -> bool:
        is_wan = self._facts.topology.get(VirtualHub, one) is not None
        return is_wan or holdings(self._facts).of(one).is_hub_like

    def _places(self) -> list[ArmId]:
        """Networks and Virtual WAN hubs, those that are only referred to as well."""
        topology = self._facts.topology
        found = {one.id for one in topology.all(VirtualNetwork)}
        found |= {one.id for one in topology.all(VirtualHub) if not one.is_route_server}
        found |= {end for link in self._links.all for end in (link.a, link.b)}
        found |= set(holdings(self._facts).networks())
        return sorted(found)

    def _is_hub(self, one: ArmId) -> bool:
        if self._holds(one):
            return True
        topology = self._facts.topology
        if any(half.allows_gateway_transit for half in topology.peerings_of(one)):
            return True
        mine = self._links.of(one)
        return len(mine) >= _LEAST and all(
            len(self._links.of(link.other(one))) < len(mine) for link in mine
        )

    def _attach(self, places: list[ArmId]) -> None:
        hubs = set(self._heads)
        for one in places:
            offers = [link for link in self._links.of(one) if link.other(one) in hubs]
            if offers:
                best = min(offers, key=lambda link: self._choice(one, link))
                self._homes[one] = best.other(one)

    def _choice(self, network: ArmId, link: Link) -> tuple[int, int, int, ArmId]:
        """The hub whose gateways a network uses comes first, then the best link."""
        hub = link.other(network)
        peerings = self._facts.topology.peerings_of(network)
        uses = any(p.uses_remote_gateways and p.remote == hub for p in peerings)
        return not uses, link.state.rank, -len(self._links.of(hub)), hub

    def _islands(self, left: list[ArmId]) -> list[ArmId]:
        """Heads for networks that reach no hub; what remains has no link at all."""
        waiting = dict.fromkeys(left)
        while waiting:
            head = min(waiting, key=lambda one: (-self._inside(one, waiting), one))
            near = [link.other(head) for link in self._links.of(head)]
            spokes = [one for one in near if one in waiting and one != head]
            if not spokes:
                break
            self._heads.append(head)
            self._homes.update(dict.fromkeys(spokes, head))
            for one in (head, *spokes):
                waiting.pop(one, None)
        return self._grouped(list(waiting))

    def _inside(self, one: ArmId, waiting: dict[ArmId, None]) -> int:
        return sum(1 for link in self._links.of(one) if link.other(one) in waiting)

    def _grouped(self, left: list[ArmId]) -> list[ArmId]:
        """Connected groups as heads of networks that nothing else joins."""
        loose: list[ArmId] = []
        for one in left:
            joined = [
                membership
                for membership in memberships_of(self._facts, one)
                if len(members_of(self._facts, membership)) > 1
            ]
            if not joined:
                loose.append(one)
                continue
            head = ArmId("group " + "|".join(joined[0]))
            if head not in self._groups:
                self._groups[head] = joined[0]
                self._heads.append(head)
            self._homes[one] = head
        return loose


def hubs_between(facts: Facts) -> tuple[Link, ...]:
    """The links between heads."""
    heads = {one.head for one in clusters(facts).all}
    return tuple(one for one in links(facts).all if one.a in heads and one.b in heads)


def uses_gateways_of(facts: Facts, network: ArmId, hub: ArmId) -> bool:
    """Whether a network is set to use the gateways of a hub."""
    halves: list[Peering] = facts.topology.peerings_of(network)
    return any(half.uses_remote_gateways and half.remote == hub for half in halves)
