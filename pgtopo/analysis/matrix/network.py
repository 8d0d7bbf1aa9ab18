"""What the network says about one client and every private slot, stage by stage."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.matrix.fans import Fanner
from pgtopo.analysis.matrix.ledger import Ledger
from pgtopo.analysis.matrix.places import (
    FINE,
    Mask,
    Out,
    Place,
    Places,
    SourceRows,
    heavier,
    soft,
)
from pgtopo.analysis.matrix.rows import ANYONE, REFUSED, DeviceRows, passage_to, target_of
from pgtopo.analysis.matrix.slots import Slots, uses_groups
from pgtopo.analysis.matrix.ways import ODD, Fan, Fans, out_of
from pgtopo.analysis.networks.peerings import routed_space
from pgtopo.analysis.routes.next_hops import Device, DeviceKind
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.crossing import Service
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet
from pgtopo.model.network import Peering, Subnet, VirtualNetwork

Backs = list[tuple[Fan, Mask]]


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """One client subnet."""

    index: int
    subnet: ArmId
    network: ArmId
    space: SpanSet
    route_table: ArmId | None

    @property
    def gate(self) -> Gate:
        """The filters its packets leave by."""
        return Gate(subnet=self.subnet, network=self.network)


class Network:
    """The stages between client subnets and private slots, with all that clients share."""

    def __init__(self, facts: Facts, askers: list[Asker], slots: Slots, service: Service) -> None:
        self._facts = facts
        self._slots = slots
        self._service = service
        self._clients = Places(Place(a.network, a.subnet, a.space) for a in askers)
        self._there = Fanner(facts, slots.places, service, is_return=False)
        self._back = Fanner(facts, self._clients, service, is_return=True)
        self._fans: dict[tuple[ArmId, ArmId | None], Fans] = {}
        self._inbound = self._inbound_rows()
        self._refusals = self._certain_refusals()
        self._same: dict[Fan, Fan] = {}
        """Equal ways back as one object."""
        self._ways_back = self._all_ways_back()
        self._answers: dict[tuple[int, int, bool], Out] = {}
        """By fans that live as long as this object."""
        self._foreign: dict[tuple[ArmId, ArmId], Mask] = {}
        self._rows = DeviceRows(facts, slots, service)

    def classes(self) -> int:
        """How many classes of routes the answers so far were made from."""
        return len(self._fans) + len(self._ways_back)

    # -- shared by clients -------------------------------------------------------------------------

    def _inbound_rows(self) -> SourceRows:
        rows = SourceRows()
        for position in range(len(self._slots.places.items)):
            gate = target_of(self._slots, position).gate
            if gate is None:
                continue
            shares = gate_steps(
                self._facts,
                gate,
                Direction.INBOUND,
                passage_to(self._slots, position, self._service),
                _FILTER,
            )
            rows.add(position, [(share, out_of(steps)) for share, steps in shares])
        return rows

    def _certain_refusals(self) -> dict[Out, Mask]:
        """Slots that refuse every sender, whatever address it shows."""
        found: dict[Out, Mask] = {}
        for position in range(len(self._slots.places.items)):
            outs = self._inbound.outs(position)
            if outs and all(out.level == 2 for out in outs):
                found[outs[0]] = found.get(outs[0], 0) | 1 << position
        return found

    def _all_ways_back(self) -> list[tuple[Mask, list[Fan]]]:
        """Slots by the subnet their answers leave, with the fan of every client."""
        groups: dict[tuple[ArmId, ArmId | None, bool], Mask] = {}
        for position, place in enumerate(self._slots.places.items):
            is_endpoint = bool(self._slots.endpoints >> position & 1)
            subnet = self._facts.topology.get(Subnet, place.subnet)
            table = subnet.route_table if subnet and not is_endpoint else None
            key = (place.network, table, is_endpoint)
            groups[key] = groups.get(key, 0) | 1 << position
        return [(mask, self._way_back(mask, is_endpoint=key[2])) for key, mask in groups.items()]

    def _way_back(self, mask: Mask, *, is_endpoint: bool) -> list[Fan]:
        place = self._slots.places.items[self._slots.places.first(mask)]
        if is_endpoint:
            fans = self._back.from_endpoint(place.subnet, place.network, place.addresses)
        else:
            gate = Gate(subnet=place.subnet, network=place.network)
            fans = self._back.from_subnet(gate, place.addresses)
        if not fans:
            return [ODD] * len(self._clients.items)
        # Most clients share one way: it fills the list, and only the others are set one by one.
        usual = max(fans, key=lambda item: item[0].bit_count())
        by_client = [self._same.setdefault(usual[1], usual[1])] * len(self._clients.items)
        for clients, one in fans:
            fan = self._same.setdefault(one, one)
            left = clients if one is not usual[1] else 0
            while left:
                bit = left & -left
                by_client[bit.bit_length() - 1] = fan
                left ^= bit
        return by_client

    # -- one client --------------------------------------------------------------------------------

    def tell(self, asker: Asker, ledger: Ledger) -> None:
        """Put everything the network says about one client into its ledger."""
        private = self._slots.places.everyone
        own = self._slots.places.of_network.get(asker.network, 0)
        ledger.left_over |= own & self._slots.grouped
        self._filtered_out(asker, ledger, own)
        back = self._backs_of(asker)
        inbound, split = self._inbound.column(asker.space)
        ledger.left_over |= split & private
        for mask, fan in self._fans_of(asker):
            if fan.is_odd:
                ledger.left_over |= mask
            else:
                blind = self._blind(inbound, mask) if fan.is_blind else inbound
                for out, slots in blind.items():
                    ledger.say(_FILTER, out, slots & mask)
                self._one_fan(asker, ledger, mask, fan, back)

    def _fans_of(self, asker: Asker) -> Fans:
        key = (asker.network, asker.route_table)
        known = self._fans.get(key)
        if known is None:
            found = self._there.from_subnet(asker.gate, asker.space)
            known = self._fans[key] = [(m, self._same.setdefault(f, f)) for m, f in found]
        return known

    def _filtered_out(self, asker: Asker, ledger: Ledger, own: Mask) -> None:
        """What the client's own filters say, by destination."""
        subnet = self._facts.topology.get(Subnet, asker.subnet)
        admin = self._facts.topology.admin_rules_of(asker.network)
        if subnet is None or (subnet.nsg is None and admin is None):
            return
        passage = Passage(
            source=AddressSide(addresses=asker.space, network=asker.network),
            destination=ANYONE,
            port=self._service[1],
            protocol=self._service[0],
            varies="destination",
        )
        stage = Stage.CLIENT_FILTER
        shares = gate_steps(self._facts, asker.gate, Direction.OUTBOUND, passage, stage)
        places = self._slots.places
        ledger.left_over |= places.cut_by(low for share, _ in shares for low, _ in share)
        if uses_groups(self._facts, asker.gate, Direction.OUTBOUND):
            ledger.left_over |= own
        for share, steps in shares:
            out = out_of(steps)
            if not out.level:
                continue
            mask = places.within(share)
            if any(one.code == "SUBNET_ADDRESS_CHOICE" for one in steps):
                ledger.left_over |= mask
            ledger.say(stage, out, mask)

    def _blind(self, inbound: dict[Out, Mask], mask: Mask) -> dict[Out, Mask]:
        """What server-side filters certainly say to packets that may have been translated."""
        found: dict[Out, Mask] = {}
        refused = 0
        for out, slots in self._refusals.items():
            found[out] = slots & mask
            refused |= slots
        for out, slots in inbound.items():
            told = soft(out)
            found[told] = found.get(told, 0) | slots & mask & ~refused
        return found

    def _one_fan(self, asker: Asker, ledger: Ledger, mask: Mask, fan: Fan, back: Backs) -> None:
        ledger.say(Stage.FORWARD_ROUTE, fan.forward, mask)
        self._crossed(asker, ledger, mask, fan)
        self._through(asker, ledger, mask, fan)
        self._answered(ledger, mask, fan, back)

    def _crossed(self, asker: Asker, ledger: Ledger, mask: Mask, fan: Fan) -> None:
        """The peering stage, with what a half that refuses forwarded traffic makes of it."""
        half = self._facts.topology.get(Peering, fan.refuses)
        sender = fan.devices[-1].network if fan.devices else None
        if half is None or sender is None:
            ledger.say(Stage.PEERING, fan.peering, mask)
            return
        near = self._peer_space(sender, half)
        if asker.space <= near:
            ledger.say(Stage.PEERING, fan.peering, mask)
        elif asker.space.overlaps(near):
            ledger.left_over |= mask
        else:
            column, split = self._rows.of_half(half, mask).column(asker.space)
            ledger.left_over |= split & mask
            for out, slots in column.items():
                ledger.say(Stage.PEERING, heavier(fan.peering, out), slots & mask)

    def _peer_space(self, sender: ArmId, half: Peering) -> SpanSet:
        held = self._facts.topology.get(VirtualNetwork, sender)
        return routed_space(self._facts, half) | (held.space if held else EMPTY)

    # -- appliances --------------------------------------------------------------------------------

    def _through(self, asker: Asker, ledger: Ledger, mask: Mask, fan: Fan) -> None:
        """The transit stage: what each appliance does, then what lies behind the last."""
        shares: dict[Out, Mask] = {FINE: mask}
        for device in fan.devices:
            rows = self._rows.of_device(device, mask)
            if rows is None:
                ledger.left_over |= mask
                return
            column, split = rows.column(asker.space)
            ledger.left_over |= split & mask
            after: dict[Out, Mask] = {}
            for said, held in shares.items():
                for out, slots in column.items():
                    both = slots & held
                    if both:
                        told = heavier(said, out)
                        after[told] = after.get(told, 0) | both
            shares = after
        for said, held in shares.items():
            ledger.say(Stage.TRANSIT, heavier(said, fan.transit), held)

    # -- the way back ------------------------------------------------------------------------------

    def _backs_of(self, asker: Asker) -> Backs:
        """Slots by the way their answers take to a client."""
        found: dict[int, tuple[Fan, Mask]] = {}
        for slots, by_client in self._ways_back:
            fan = by_client[asker.index]
            known = found.get(id(fan))
            found[id(fan)] = (fan, slots | known[1] if known else slots)
        return list(found.values())

    def _answered(self, ledger: Ledger, mask: Mask, fan: Fan, back: Backs) -> None:
        left = mask
        if fan.devices and (behind := mask & self._slots.endpoints):
            ledger.say(_BACK, Out(1, "ENDPOINT_BEHIND_APPLIANCE"), behind)
            left &= ~behind
        said: dict[Out, Mask] = {}
        for way, slots in back:
            both = slots & left
            if not both:
                continue
            if way.is_odd:
                ledger.left_over |= both
                continue
            refused = self._refused_answers(both, way) if way.refuses else 0
            if refused:
                out = self._one_way_back(fan, way, is_refused=True)
                said[out] = said.get(out, 0) | refused
            out = self._one_way_back(fan, way, is_refused=False)
            if out.level:
                said[out] = said.get(out, 0) | both & ~refused
        for out, slots in said.items():
            ledger.say(_BACK, out, slots)

    def _one_way_back(self, fan: Fan, way: Fan, *, is_refused: bool) -> Out:
        key = (id(fan), id(way), is_refused)
        known = self._answers.get(key)
        if known is None:
            known = heavier(way.back, Out(2, REFUSED)) if is_refused else way.back
            if fan.has_arrived and way.has_arrived:
                known = heavier(known, _compared(fan.devices, way.devices))
            known = self._answers[key] = soft(known) if fan.is_blind else known
        return known

    def _refused_answers(self, mask: Mask, back: Fan) -> Mask:
        """Slots whose answers a half refuses because they did not begin in the peer."""
        half = self._facts.topology.get(Peering, back.refuses)
        sender = back.devices[-1].network if back.devices else None
        if half is None or sender is None:
            return 0
        known = self._foreign.get((sender, half.id))
        if known is None:
            near = self._peer_space(sender, half)
            known = sum(
                1 << position
                for position, place in enumerate(self._slots.places.items)
                if place.addresses - near
            )
            self._foreign[sender, half.id] = known
        return known & mask


_FILTER = Stage.SERVER_FILTER
_BACK = Stage.RETURN_ROUTE


def _compared(there: tuple[Device, ...], back: tuple[Device, ...]) -> Out:
    """What it means where the two directions pass different appliances."""
    mine, theirs = [d.id for d in there], [d.id for d in reversed(back)]
    if mine == theirs:
        return FINE
    differing = [d for d in there if d.id not in theirs] + [d for d in back if d.id not in mine]
    if any(device.kind is DeviceKind.FIREWALL for device in differing):
        return Out(2, "ASYMMETRIC_PATH")
    return Out(1, "ONE_WAY_STEERING")
