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
        self._inbound = self._inbound_rows()
        self._refusals, self._refused = self._certain_refusals()
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

    def _certain_refusals(self) -> tuple[dict[Out, Mask], Mask]:
        """Ends that refuse every sender, whatever address it shows."""
        found: dict[Out, Mask] = {}
        everyone = 0
        for position in positions(self._ends.everyone):
            outs = self._inbound.outs(position)
            if outs and all(out.level == 2 for out in outs):
                found[outs[0]] = found.get(outs[0], 0) | 1 << position
                everyone |= 1 << position
        return found, everyone

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
        ends = within & self._ends.everyone
        if not ends:
            return
        own = self._ends.places.of_network.get(asker.network, 0)
        ledger.left_over |= own & self._ends.grouped & ends
        self._outbound.tell(asker, ledger, ends)
        there = self._there_of(asker)
        back = self._back_to(asker)
        ledger.left_over |= there.odd & ends
        live = ends & ~there.odd
        self._filtered(asker, ledger, live, there.blind)
        ledger.say_all(Stage.FORWARD_ROUTE, there.forward, live)
        ledger.say_all(Stage.PEERING, there.peering, live)
        for one in there.refusing:
            if held := one.mask & live:
                self._refusing(asker, ledger, one, held)
        self._transit.tell(asker, ledger, there, live)
        outs, alone = self._answered(there, back)
        ledger.left_over |= alone & live
        ledger.say_all(Stage.RETURN_ROUTE, outs, live)

    def _back_to(self, asker: Asker) -> Back:
        self.admit((asker,))
        ways, block = self._way_of[asker.index]
        return ways.to(block)

    def _answered(self, there: There, back: Back) -> tuple[Outs, Mask]:
        key = (id(there), id(back))
        known = self._answers.get(key)
        if known is None:
            known = answered(there, back, self._ends.endpoints, self._devices)
            self._answers[key] = known
        return known

    def _filtered(self, asker: Asker, ledger: Ledger, live: Mask, blind: Mask) -> None:
        """What server-side filters say."""
        inbound, split = self._inbound.column(asker.space)
        ledger.left_over |= split & live
        if plain := live & ~blind:
            ledger.say_all(_FILTER, inbound.items(), plain)
        if hidden := live & blind:
            self._filtered_blind(ledger, inbound, hidden)

    def _filtered_blind(self, ledger: Ledger, inbound: Column, hidden: Mask) -> None:
        """What they certainly say to packets that may have been translated."""
        ledger.say_all(_FILTER, self._refusals.items(), hidden)
        for out, mask in inbound.items():
            ledger.say(_FILTER, soft(out), mask & hidden & ~self._refused)

    def _refusing(self, asker: Asker, ledger: Ledger, one: Refusing, held: Mask) -> None:
        """The peering stage, with what a half that refuses forwarded traffic makes of it."""
        half = self._facts.topology.get(Peering, one.half)
        sender = self._devices[one.device].network
        if half is None or sender is None:
            ledger.say(Stage.PEERING, one.peering, held)
            return
        near = self._peer_space(sender, half)
        if asker.space <= near:
            ledger.say(Stage.PEERING, one.peering, held)
        elif asker.space.overlaps(near):
            ledger.left_over |= held
        else:
            column, split = self._rows.of_half(half, held).column(asker.space)
            ledger.left_over |= split & held
            for out, mask in column.items():
                ledger.say(Stage.PEERING, heavier(one.peering, out), mask & held)
