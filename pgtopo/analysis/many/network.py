"""What the network says about one client and every private end, stage by stage."""

from collections.abc import Iterable

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.many.askers import Asker, Blocks
from pgtopo.analysis.many.back import Back, WaysBack
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.compared import Outs, answered
from pgtopo.analysis.many.devices import DeviceRows
from pgtopo.analysis.many.ends import Ends
from pgtopo.analysis.many.fan import Devices, Fan
from pgtopo.analysis.many.fans import Fanner
from pgtopo.analysis.many.heard import SILENCE, Heard, Items, Said
from pgtopo.analysis.many.ledger import Ledger
from pgtopo.analysis.many.outbound import Outbound
from pgtopo.analysis.many.outs import Out, heavier, out_of, soft
from pgtopo.analysis.many.places import Places
from pgtopo.analysis.many.senders import Column, SourceRows
from pgtopo.analysis.many.there import Refusing, There, there_of
from pgtopo.analysis.many.transit import Transit
from pgtopo.analysis.networks.peerings import routed_space
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.crossing import Service
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet
from pgtopo.model.network import Peering, VirtualNetwork

_FILTER = Stage.SERVER_FILTER


class Network:
    """The stages between client subnets and private ends, with all that clients share."""

    def __init__(self, facts: Facts, ends: Ends, service: Service) -> None:
        self._facts = facts
        self._ends = ends
        self._service = service
        self._devices = Devices()
        self._there = Fanner(facts, ends.places, service, self._devices, is_return=False)
        self._theres: dict[tuple[ArmId, ArmId | None], There] = {}
        self._same: dict[frozenset[tuple[Mask, Fan]], There] = {}
        self._foreign: dict[tuple[ArmId, ArmId], Mask] = {}
        self._ways: list[WaysBack] = []
        self._way_of: dict[int, tuple[WaysBack, int]] = {}
        """By asker, the ways back among which its own are, and its block there."""
        self._answers: dict[tuple[int, int], tuple[Outs, Mask]] = {}
        """By ways there and back that live as long as this object."""
        self._outs: dict[Outs, Outs] = {}
        self._inbound = self._inbound_rows()
        self._refusals, self._refused = self._certain_refusals()
        self._soft: dict[int, tuple[Column, Items]] = {}
        """By identity of a column, which is kept beside the answer for that."""
        self._outbound = Outbound(facts, ends.places, service)
        self._rows = DeviceRows(facts, ends, service)
        self._transit = Transit(self._devices, self._rows)

    def admit(self, askers: Iterable[Asker]) -> None:
        """Work out the ways back to some askers at once, which costs less than one by one."""
        new = [asker for asker in askers if asker.index not in self._way_of]
        if not new:
            return
        blocks = Blocks(self._facts, new, self._ends)
        places = Places(blocks.places)
        back = Fanner(self._facts, places, self._service, self._devices, is_return=True)
        ways = WaysBack(self._facts, self._ends, places, back, self._foreign_to)
        self._ways.append(ways)
        self._way_of.update((index, (ways, block)) for index, block in blocks.of.items())

    def classes(self) -> int:
        """How many classes of routes the answers so far were made from."""
        return len(self._same) + sum(one.classes() for one in self._ways)

    # -- shared by clients -------------------------------------------------------------------------

    def _inbound_rows(self) -> SourceRows:
        rows = SourceRows()
        for position in positions(self._ends.everyone):
            target = self._ends.targets[position]
            if target.gate is None:
                continue
            passage = self._ends.passage(position, self._service)
            shares = gate_steps(self._facts, target.gate, Direction.INBOUND, passage, _FILTER)
            rows.add(position, [(share, out_of(steps)) for share, steps in shares])
        return rows

    def _certain_refusals(self) -> tuple[Items, Mask]:
        """Ends that refuse every sender, whatever address it shows."""
        found: dict[Out, Mask] = {}
        everyone = 0
        for position in positions(self._ends.everyone):
            outs = self._inbound.outs(position)
            if outs and all(out.level == 2 for out in outs):
                found[outs[0]] = found.get(outs[0], 0) | 1 << position
                everyone |= 1 << position
        return tuple(found.items()), everyone

    def _there_of(self, asker: Asker) -> There:
        key = (asker.network, asker.route_table)
        known = self._theres.get(key)
        if known is None:
            fans = self._there.from_subnet(asker.gate, asker.space)
            same = frozenset(fans)
            known = self._same.get(same)
            if known is None:
                known = self._same[same] = there_of(fans)
            self._theres[key] = known
        return known

    def _foreign_to(self, way: Fan) -> Mask:
        """Ends whose answers a half refuses because they did not begin in the peer."""
        half = self._facts.topology.get(Peering, way.refuses)
        sender = self._devices[way.devices[-1]].network if way.devices else None
        if half is None or sender is None:
            return 0
        known = self._foreign.get((sender, half.id))
        if known is None:
            near = self._peer_space(sender, half)
            known = sum(
                1 << position
                for position in positions(self._ends.everyone)
                if self._ends.places.items[position].addresses - near
            )
            self._foreign[sender, half.id] = known
        return known

    def _peer_space(self, sender: ArmId, half: Peering) -> SpanSet:
        held = self._facts.topology.get(VirtualNetwork, sender)
        return routed_space(self._facts, half) | (held.space if held else EMPTY)

    # -- one client --------------------------------------------------------------------------------

    def tell(self, asker: Asker, ledger: Ledger, within: Mask) -> None:
        """Put everything the network says about one client and some ends into its ledger."""
        self.heard(asker, within).write(ledger)

    def heard(self, asker: Asker, within: Mask) -> Heard:
        """Everything the network says about one client and some ends."""
        ends = within & self._ends.everyone
        if not ends:
            return SILENCE
        there, back = self._there_of(asker), self._back_to(asker)
        live = ends & ~there.odd
        outs, alone = self._answered(there, back)
        own = self._ends.places.of_network.get(asker.network, 0)
        left_over = (own & self._ends.grouped | there.odd) & ends | alone & live
        said: list[Said] = [
            one
            for one in (
                (Stage.FORWARD_ROUTE, there.forward, live),
                (Stage.PEERING, there.peering, live),
                (Stage.RETURN_ROUTE, outs, live),
            )
            if one[1]
        ]
        for part in (
            self._outbound.heard(asker, ends),
            self._filtered(asker, live, there.blind),
            *(self._refusing(asker, one, one.mask & live) for one in there.refusing),
            self._transit.heard(asker, there, live),
        ):
            left_over |= part.left_over
            said += [one for one in part.said if one[1]]
        return Heard(left_over, tuple(said))

    def _back_to(self, asker: Asker) -> Back:
        known = self._way_of.get(asker.index)
        if known is None:
            self.admit((asker,))
            known = self._way_of[asker.index]
        ways, block = known
        return ways.to(block)

    def _answered(self, there: There, back: Back) -> tuple[Outs, Mask]:
        key = (id(there), id(back))
        known = self._answers.get(key)
        if known is None:
            outs, alone = answered(there, back, self._ends.endpoints, self._devices)
            known = self._answers[key] = self._outs.setdefault(outs, outs), alone
        return known

    def _filtered(self, asker: Asker, live: Mask, blind: Mask) -> Heard:
        """What server-side filters say."""
        inbound, split = self._inbound.column(asker.space)
        said: list[Said] = []
        if plain := live & ~blind:
            said.append((_FILTER, inbound, plain))
        if hidden := live & blind:
            said.append((_FILTER, self._refusals, hidden))
            said.append((_FILTER, self._softened(inbound), hidden))
        return Heard(split & live, tuple(said))

    def _softened(self, inbound: Column) -> Items:
        """What filters certainly say to packets that may have been translated."""
        known = self._soft.get(id(inbound))
        if known is None:
            items = ((soft(out), mask & ~self._refused) for out, mask in inbound)
            known = self._soft[id(inbound)] = (inbound, tuple(item for item in items if item[1]))
        return known[1]

    def _refusing(self, asker: Asker, one: Refusing, held: Mask) -> Heard:
        """The peering stage, with what a half that refuses forwarded traffic makes of it."""
        half = self._facts.topology.get(Peering, one.half)
        sender = self._devices[one.device].network
        plainly = Heard(0, ((Stage.PEERING, ((one.peering, held),), held),))
        if half is None or sender is None:
            return plainly
        near = self._peer_space(sender, half)
        if asker.space <= near:
            return plainly
        if asker.space.overlaps(near):
            return Heard(held, ())
        column, split = self._rows.of_half(half, held).column(asker.space)
        items = tuple((heavier(one.peering, out), mask & held) for out, mask in column)
        return Heard(split & held, ((Stage.PEERING, items, held),))
