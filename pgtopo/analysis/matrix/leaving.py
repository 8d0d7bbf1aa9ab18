"""How packets of client subnets leave for the internet, by what subnets share."""

from collections.abc import Hashable
from typing import NamedTuple

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.sides import TagSide
from pgtopo.analysis.many.askers import Asker
from pgtopo.analysis.many.outs import Out, out_of
from pgtopo.analysis.networks.peerings import peering_to, subnet_lists
from pgtopo.analysis.path.public_path import Ways, leaving, public_ways
from pgtopo.analysis.routes.effective_route import Hop
from pgtopo.analysis.routes.next_hops import device_at
from pgtopo.analysis.routes.service_routes import ServiceRoute, service_route
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.egress import Egress
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.model.network import LoadBalancer, NetworkInterface, Subnet, VirtualNetwork

_STAGES = (Stage.CLIENT_FILTER, Stage.FORWARD_ROUTE, Stage.PEERING, Stage.TRANSIT)


class Leave(NamedTuple):
    """What some packets meet before they leave, and what they look like outside."""

    outs: tuple[tuple[Stage, Out], ...]
    egress: Egress | None


class Leaving:
    """The ways out of every subnet."""

    def __init__(self, facts: Facts, service: Service) -> None:
        self._facts = facts
        self._service = service
        self._routes: dict[tuple[ArmId, ArmId | None, TagSide], ServiceRoute] = {}
        self._known: dict[Hashable, list[tuple[SpanSet, Leave]]] = {}
        self._plain: dict[tuple[ArmId, tuple[int, ...]], bool] = {}
        self._own = self._with_own_address()

    def _with_own_address(self) -> frozenset[ArmId | None]:
        """Subnets in which some interface may have a public address of its own."""
        topology = self._facts.topology
        balanced = {back for one in topology.all(LoadBalancer) for back in one.backends}
        return frozenset(
            one.subnet
            for nic in topology.all(NetworkInterface)
            for one in nic.configurations
            if one.public_ip is not None or one.id in balanced
        )

    def of(self, asker: Asker, target: TagSide) -> list[Leave]:
        """The ways of a subnet's packets once its own filters let them out."""
        key = (asker.network, asker.route_table, target)
        found = self._routes.get(key)
        if found is None:
            found = self._routes[key] = service_route(self._facts, asker.subnet, target)
        shared = self._shared(asker, found, target)
        if shared is None:
            return self._look(asker, found, target, asker.space)
        known = self._known.get(shared)
        if known is None:
            network = self._facts.topology.get(VirtualNetwork, asker.network)
            space = network.space if network else asker.space
            known = self._known[shared] = self._split(asker, found, target, space)
        if len(known) == 1:
            return [known[0][1]]
        return [leave for share, leave in known if share.overlaps(asker.space)]

    def closely(self, asker: Asker, target: TagSide) -> list[Leave]:
        """The same with what the subnet's own filters say among it."""
        ways = public_ways(self._facts, _part(asker, asker.space), target, self._service)
        return [leave for _, leave in _leaves(ways)]

    def _shared(self, asker: Asker, found: ServiceRoute, target: TagSide) -> Hashable | None:
        """What subnets with equal ways out have in common; None where a subnet is a special case.

        Ways are asked for a whole network at once: they differ by the sender's address alone.
        """
        hop = found.route.hop
        if found.rivals:
            return "rivals"
        if hop is Hop.INTERNET:
            return self._straight(asker)
        if hop is not Hop.APPLIANCE:
            return asker.network, hop
        way = (asker.network, found.route.hop_ips)
        if way not in self._plain:
            self._plain[way] = self._is_plain(*way)
        if not self._plain[way]:
            return None
        return asker.network, hop, found.route.hop_ips, target

    def _straight(self, asker: Asker) -> Hashable | None:
        subnet = self._facts.topology.get(Subnet, asker.subnet)
        if subnet is None:
            return None
        if subnet.nat_gateway is not None:
            return "nat", subnet.nat_gateway
        if asker.subnet in self._own:
            return None
        return "lent", subnet.default_outbound is False

    def _is_plain(self, network: ArmId, hops: tuple[int, ...]) -> bool:
        """Whether the way to an appliance does not depend on the subnet it begins in."""
        if not hops:
            return True
        home = device_at(self._facts, network, hops[0]).network
        peering = peering_to(self._facts, network, home) if home else None
        if peering is None:
            return True
        other = self._facts.topology.reverse_of(peering)
        if subnet_lists(self._facts, peering) is not None:
            return False
        return peering.allows_access and (other is None or other.allows_access)

    def _look(
        self, asker: Asker, found: ServiceRoute, target: TagSide, space: SpanSet
    ) -> list[Leave]:
        return [leave for _, leave in self._split(asker, found, target, space)]

    def _split(
        self, asker: Asker, found: ServiceRoute, target: TagSide, space: SpanSet
    ) -> list[tuple[SpanSet, Leave]]:
        part = _part(asker, space)
        return _leaves(leaving(self._facts, part, found, target, self._service))


def _part(asker: Asker, space: SpanSet) -> ClientPart:
    return ClientPart(
        addresses=space, subnet=asker.subnet, network=asker.network, is_whole_subnet=True
    )


def _leaves(ways: Ways) -> list[tuple[SpanSet, Leave]]:
    ordered = sorted(ways, key=lambda way: way[0].spans[:1])
    return [
        (share, Leave(tuple((stage, out_of(steps, stage)) for stage in _STAGES), egress))
        for share, steps, egress in ordered
    ]
