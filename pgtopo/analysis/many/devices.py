"""What appliances, and halves of peerings that refuse forwarded traffic, do to each sender."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.firewalls import FirewallTable, translates
from pgtopo.analysis.filters.in_order import explicitly_admits, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.many.behind import is_unseen
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.ends import Ends, uses_groups
from pgtopo.analysis.many.outs import FINE, LEVELS, Out, heavier, out_of
from pgtopo.analysis.many.senders import SourceRows
from pgtopo.analysis.routes.next_hops import Device, DeviceKind, stated
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.crossing import Service
from pgtopo.model.ids import ArmId
from pgtopo.model.net import ANY_V4, SpanSet
from pgtopo.model.network import Peering

REFUSED = "FORWARDED_TRAFFIC_REFUSED"
_UNSEEN = Out(1, "FIREWALL_UNSEEN")
_JUDGED = {
    ("allow",): FINE,
    ("deny",): Out(2, "FIREWALL_DENY"),
    ("allow", "deny"): _UNSEEN,
    (): _UNSEEN,
}


class DeviceRows:
    """Rows of senders, made for the ends that are asked about."""

    def __init__(self, facts: Facts, ends: Ends, service: Service) -> None:
        self._facts = facts
        self._ends = ends
        self._service = service
        self._by_device: dict[int, SourceRows] = {}
        self._by_half: dict[ArmId, SourceRows] = {}
        self._tables: dict[ArmId, FirewallTable] = {}

    def of_half(self, half: Peering, mask: Mask) -> SourceRows:
        """What filters behind a half say to senders it does not count as its peer's own."""
        rows = self._by_half.setdefault(half.id, SourceRows())
        for position in positions(mask & ~rows.covered):
            gate = self._ends.targets[position].gate
            if gate is None:
                continue
            shares = explicitly_admits(
                self._facts,
                gate,
                Direction.INBOUND,
                self._ends.passage(position, self._service),
                ANY_V4,
            )
            rows.add(position, [(share, Out(LEVELS[v], REFUSED)) for share, v in shares])
        return rows

    def of_device(self, number: int, device: Device, mask: Mask) -> SourceRows | None:
        """What an appliance does to senders, by end; None where a path has to be traced."""
        rows = self._by_device.setdefault(number, SourceRows())
        for position in positions(mask & ~rows.covered):
            shares = self._passed(device, position)
            if shares is None:
                return None
            rows.add(position, shares)
        return rows

    def _passed(self, device: Device, position: int) -> list[tuple[SpanSet, Out]] | None:
        addresses = self._ends.targets[position].addresses
        if device.kind is DeviceKind.FIREWALL:
            return self._by_firewall(device, addresses)
        fact = stated(self._facts, device.address)
        if fact is not None and (fact.allows is not None or fact.snat is not None):
            return None
        unseen = Out(1, "APPLIANCE_UNSEEN")
        if device.gate is None or not device.nics:
            return [(ANY_V4, unseen)]
        if uses_groups(self._facts, device.gate, Direction.INBOUND):
            return None
        passage = msgspec.structs.replace(
            self._ends.passage(position, self._service),
            destination=AddressSide(addresses=addresses),
        )
        shares = gate_steps(self._facts, device.gate, Direction.INBOUND, passage, Stage.TRANSIT)
        return [(share, heavier(out_of(steps), unseen)) for share, steps in shares]

    def _by_firewall(self, device: Device, addresses: SpanSet) -> list[tuple[SpanSet, Out]] | None:
        if device.id is None:
            return None
        snat = translates(self._facts, device.id, addresses)
        if snat is True or (snat is None and not is_unseen(self._facts, device)):
            return None
        table = self._tables.get(device.id)
        if table is None:
            word = f"{self._service[0]}/{self._service[1]}"
            table = self._tables[device.id] = FirewallTable(self._facts, device.id, word)
        return [(share, _JUDGED[answer.labels]) for share, answer in table.answers(addresses)]
