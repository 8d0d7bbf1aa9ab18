"""Where packets from one subnet go, for many destinations at once.

A fan holds, for every set of destinations that fare alike, what the stages of the way there say.
It asks the same functions as a single path does, for one destination of each set; whatever they
could answer differently within a set is marked odd and left to a path of its own.
"""

from collections.abc import Hashable

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.many.behind import Behind, is_unseen
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.entries import Entry, Through, taken_whole
from pgtopo.analysis.many.fan import ODD, Devices, Fan, Fans, merged
from pgtopo.analysis.many.outs import FINE, heavier, out_of
from pgtopo.analysis.many.peered import Peered
from pgtopo.analysis.many.places import Place, Places
from pgtopo.analysis.networks.peerings import Usable, peering_state, peering_to
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable, Hop, Source
from pgtopo.analysis.routes.next_hops import Device, DeviceKind, device_at
from pgtopo.analysis.routes.table import effective_routes, system_routes
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.way.appliances import approach
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.drops import may_be_joined
from pgtopo.analysis.way.walk import carry
from pgtopo.analysis.way.walk_state import End, Target, TargetKind, Walk
from pgtopo.model.ids import ArmId
from pgtopo.model.net import EMPTY, SpanSet
from pgtopo.model.network import VirtualNetwork


class Fanner:
    """Fans of one direction over a fixed set of places."""

    def __init__(
        self, facts: Facts, places: Places, service: Service, devices: Devices, *, is_return: bool
    ) -> None:
        self._facts = facts
        self._places = places
        self._service = service
        self._devices = devices
        self._is_return = is_return
        self._entries: dict[tuple[ArmId, int], Entry | None] = {}
        """By network and appliance, for packets that come from the network itself."""
        self._through: dict[tuple[int, Entry], Through] = {}
        self._routes: dict[tuple[Hashable, Mask], Fans] = {}
        self._neighbours: dict[tuple[ArmId, ArmId, Hop, ArmId | None], Fan] = {}
        self._peered = Peered(facts, is_return=is_return)
        self._by_device: dict[int, Behind | None] = {}
        self._unread: Mask = sum(
            held for network, held in places.of_network.items() if not self._peered.is_read(network)
        )
        """The places in networks whose connected groups were not read."""
        self._unseen: Mask = sum(
            held
            for network, held in places.of_network.items()
            if facts.topology.get(VirtualNetwork, network) is None
        )
        self._passing: list[int] = []
        """The appliances whose fans are being worked out: coming back to one is a loop."""

    def from_subnet(self, gate: Gate, sender: SpanSet) -> Fans:
        """The fans of packets that leave a subnet; `sender` stands for its addresses."""
        table = effective_routes(self._facts, gate.subnet)
        return merged(self._spread(self._start(gate.subnet, gate.network, gate, sender), table))

    def from_endpoint(self, subnet: ArmId, network: ArmId, sender: SpanSet) -> Fans:
        """The fans of a private endpoint's answers, which no user-defined route steers."""
        start = self._start(subnet, network, None, sender)
        start = msgspec.structs.replace(start, ignores_user_routes=True)
        return merged(self._spread(start, system_routes(self._facts, network)))

    def _start(self, subnet: ArmId, network: ArmId, gate: Gate | None, sender: SpanSet) -> Walk:
        return Walk(
            clients=sender,
            wire=AddressSide(addresses=sender, network=network),
            targets=EMPTY,
            subnet=subnet,
            network=network,
            gate=gate,
            is_return=self._is_return,
        )

    def _spread(self, start: Walk, table: EffectiveTable) -> Fans:
        routes, cut = self._by_routes(table)
        fans: Fans = []
        for route, mask in routes:
            fans += self._delivering(start, route, mask)
        return fans + self.all_parted(start, table, cut)

    def _delivering(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        """The fans of one route, which other tables of the network are likely to have as well."""
        if route.hop not in _SHARED:
            return self.by_route(start, route, mask)
        if route.source is Source.USER and (
            self._unread or not self._peered.is_read(start.network)
        ):
            return self.by_route(start, route, mask)
        key = (start.network, route.hop, route.hop_ips, route.peering, route.networks, route.doubt)
        known = self._routes.get((key, mask))
        if known is None:
            known = self._routes[key, mask] = self.by_route(start, route, mask)
        return known

    def _by_routes(self, table: EffectiveTable) -> tuple[list[tuple[EffectiveRoute, Mask]], Mask]:
        """The places each route leads to, and those that several routes share."""
        runs, cut = self._places.runs(table.lows)
        found: dict[int, tuple[EffectiveRoute, Mask]] = {}
        for index, mask in runs:
            route = table.owners[index]
            known = found.get(id(route))
            found[id(route)] = (route, mask | known[1] if known else mask)
        alone, cut = taken_whole(self._places, table, cut)
        found = {key: (route, mask & ~cut & ~alone.mask) for key, (route, mask) in found.items()}
        for route, one in alone.routes:
            known = found.get(id(route))
            found[id(route)] = (route, one | known[1] if known else one)
        return [(route, mask) for route, mask in found.values() if mask], cut

    def all_parted(self, start: Walk, table: EffectiveTable, cut: Mask) -> Fans:
        """The fans of places that several routes share."""
        fans: Fans = []
        while cut:
            one = cut & -cut
            fans.append((one, self._parted(start, table, one)))
            cut &= ~one
        return fans

    def _parted(self, start: Walk, table: EffectiveTable, one: Mask) -> Fan:
        """The fan of a place whose addresses take several routes, if it is the same by all."""
        place = self._places.first(one)
        found = {
            fan
            for share, route in table.lookup(place.addresses)
            for _, fan in self.by_route(msgspec.structs.replace(start, targets=share), route, one)
        }
        return found.pop() if len(found) == 1 else ODD

    # -- one route ---------------------------------------------------------------------------------

    def by_route(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        """The fans of places that one route leads to."""
        perhaps = self._perhaps_joined(start, route, mask)
        fans = [(perhaps, self._sample(start, perhaps))] if perhaps else []
        return fans + self._surely_routed(start, route, mask & ~perhaps)

    def _perhaps_joined(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Mask:
        """The places a connected group that was not read may have a better route to."""
        if route.source is not Source.USER:
            return 0
        found = 0
        left = mask & self._unread if self._peered.is_read(start.network) else mask
        while left:
            one = left & -left
            place = self._places.first(one)
            at = msgspec.structs.replace(start, targets=start.targets or place.addresses)
            if may_be_joined(self._facts, at, route, _target(place)):
                found |= one
            left &= ~one
        return found

    def _surely_routed(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        if not mask:
            return []
        if route.hop is Hop.GATEWAY:
            return [(mask, ODD)]
        if route.doubt and route.hop is not Hop.NONE:
            return [(mask, self._sample(start, mask))]
        if route.hop is Hop.APPLIANCE:
            return self._by_appliance(start, route, mask)
        if route.hop in (Hop.NONE, Hop.INTERNET, Hop.UNKNOWN, Hop.SERVICE_ENDPOINT):
            return self._by_drop(start, route, mask)
        return self._by_network(start, route, mask)

    def _by_network(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        """Routes that deliver into one network."""
        homes = {route.networks[0] if route.networks else start.network}
        if len(route.networks) > 1:
            homes = set(route.networks)
        inside = 0
        fans: Fans = []
        for home in sorted(homes):
            held = mask & self._places.of_network.get(home, 0)
            inside |= held
            if not held:
                continue
            fans.append((held, self._into(start, route, home, held)))
        if rest := mask & ~inside:
            fans.append((rest, self._sample(start, rest)))
        return fans

    def _into(self, start: Walk, route: EffectiveRoute, home: ArmId, held: Mask) -> Fan:
        """The fan of places in one network that a route delivers into."""
        if start.devices:
            return self._delivered(start, route, home, held)
        key = (start.network, home, route.hop, route.peering)
        known = self._neighbours.get(key)
        if known is None:
            known = self._neighbours[key] = self._delivered(start, route, home, held)
        return known

    def _delivered(self, start: Walk, route: EffectiveRoute, home: ArmId, held: Mask) -> Fan:
        if self._peered.is_open(start, home):
            return ODD
        if self._is_beyond_doubt(start, route, home):
            return Fan(
                has_arrived=True,
                is_blind=start.is_blind,
                refuses=self._peered.refusing(start, home),
            )
        is_plain = home == start.network or self._peered.is_plain(start.network, home)
        is_joined = route.hop in (Hop.CONNECTED_GROUP, Hop.VIRTUAL_HUB)
        sample = self._sample(start, held) if is_plain or is_joined else ODD
        refuses = None if is_joined else self._peered.refusing(start, home)
        return sample._replace(refuses=refuses)

    def _is_beyond_doubt(self, start: Walk, route: EffectiveRoute, home: ArmId) -> bool:
        """Whether packets simply get into their own network, or into a peered one."""
        if route.hop not in (Hop.LOCAL, Hop.PEERING, Hop.ENDPOINT):
            return False
        if home == start.network:
            return route.hop is not Hop.PEERING
        peering = peering_to(self._facts, start.network, home)
        if start.is_blind and peering is not None:
            other = self._facts.topology.reverse_of(peering)
            if other is not None and not other.allows_forwarded:
                return False
        return (
            peering is not None
            and route.hop is not Hop.LOCAL
            and self._peered.is_plain(start.network, home)
            and peering_state(self._facts, peering).usable is Usable.YES
            and self._facts.topology.get(VirtualNetwork, home) is not None
        )

    def _by_drop(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        """Routes that drop: the reason differs only for networks with a peering."""
        if route.source is Source.USER or route.hop is Hop.UNKNOWN:
            return [(mask, self._sample(start, mask))]
        fans: Fans = []
        topology, left = self._facts.topology, mask
        near = {p.remote for p in topology.peerings_of(start.network)}
        near |= {p.network for p in topology.peerings_to(start.network)}
        for network in near:
            held = mask & self._places.of_network.get(network, 0) if network else 0
            while held:
                one = held & -held
                fans.append((one, self._sample(start, one)))
                held &= ~one
                left &= ~one
        unread, unseen = self._unread, self._unseen
        kinds = [
            side & seen for side in (left & unread, left & ~unread) for seen in (unseen, ~unseen)
        ]
        return fans + [(held, self._sample(start, held)) for held in kinds if held]

    # -- appliances --------------------------------------------------------------------------------

    def _by_appliance(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        if len(route.hop_ips) > 1:
            return [(mask, ODD)]
        device = device_at(self._facts, start.network, route.hop_ips[0]) if route.hop_ips else None
        if device is None or device.kind in _NOBODY or device.fault:
            return [(mask, self._sample(start, mask))]
        number = self._devices.number(device)
        way = self._entry(start, device, route, number)
        if way is None:
            return [(mask, ODD)]
        if start.devices or self._passing:
            return self._passed(number, way, mask)
        held = self._through.setdefault((number, way), Through())
        if more := mask & ~held.covered:
            held.fans = merged([*held.fans, *self._passed(number, way, more)])
            held.covered |= more
        return [(both, fan) for m, fan in held.fans if (both := m & mask)]

    def _passed(self, number: int, way: Entry, mask: Mask) -> Fans:
        behind = self._behind(number, mask)
        return [(both, self._joined(way, f, number)) for m, f in behind if (both := m & mask)]

    def _entry(
        self, start: Walk, device: Device, route: EffectiveRoute, number: int
    ) -> Entry | None:
        """The way to the appliance itself; None where senders fare differently."""
        if start.devices:
            return self._approached(start, device, route)
        key = (start.network, number)
        if key not in self._entries:
            self._entries[key] = self._approached(start, device, route)
        return self._entries[key]

    def _approached(self, start: Walk, device: Device, route: EffectiveRoute) -> Entry | None:
        home = device.network
        if home is None or self._peered.refusing(start, home):
            return None
        if home != start.network and not self._peered.is_plain(start.network, home):
            return None
        walks = approach(self._facts, start, device, route, self._service)
        if len(walks) != 1 or walks[0].end is End.STOPPED:
            return None
        return Entry(out_of(walks[0].steps, Stage.PEERING), out_of(walks[0].steps))

    def _joined(self, way: Entry, fan: Fan, number: int) -> Fan:
        back = heavier(way.back, fan.back) if self._is_return else FINE
        return fan._replace(
            peering=heavier(way.peering, fan.peering), back=back, devices=(number, *fan.devices)
        )

    def _behind(self, number: int, mask: Mask) -> Fans:
        """The fans behind an appliance for at least these places."""
        if number not in self._by_device:
            self._by_device[number] = self._device_routes(self._devices[number])
        known = self._by_device[number]
        if known is None or number in self._passing:
            return [(mask, ODD)]
        self._passing.append(number)
        try:
            return known.fans(self, mask)
        finally:
            self._passing.pop()

    def _device_routes(self, device: Device) -> Behind | None:
        if device.network is None or device.subnet is None or device.exits:
            return None
        start = self._start(device.subnet, device.network, None, SpanSet.of(device.address))
        is_blind = not self._is_return and is_unseen(self._facts, device)
        start = msgspec.structs.replace(start, devices=(device,), is_blind=is_blind)
        table = effective_routes(self._facts, device.subnet)
        routes, cut = self._by_routes(table)
        return Behind(start, table, routes, cut)

    # -- one destination for many ------------------------------------------------------------------

    def _sample(self, start: Walk, mask: Mask) -> Fan:
        """What the way to one place of a set is like."""
        place = self._places.first(mask)
        target = _target(place)
        addresses = start.targets or place.addresses
        clients = addresses if self._is_return else start.clients
        at = msgspec.structs.replace(start, targets=addresses, clients=clients)
        walks = carry(self._facts, at, target, self._service)
        if len(walks) != 1 or walks[0].devices != start.devices or walks[0].translated:
            return ODD
        walk = walks[0]
        if self._is_return:
            return Fan(back=out_of(walk.steps), has_arrived=walk.end is End.ARRIVED)
        return Fan(
            forward=out_of(walk.steps, Stage.FORWARD_ROUTE),
            peering=out_of(walk.steps, Stage.PEERING),
            transit=out_of(walk.steps, Stage.TRANSIT),
            has_arrived=walk.end is End.ARRIVED,
            is_blind=walk.is_blind,
        )


_SHARED = (Hop.LOCAL, Hop.PEERING, Hop.ENDPOINT, Hop.APPLIANCE)
"""Hops that lead on alike whichever table of a network names them."""
_NOBODY = (DeviceKind.OUT_OF_REACH, DeviceKind.UNOWNED, DeviceKind.UNSEEN)


def _target(place: Place) -> Target:
    return Target(
        kind=TargetKind.HOST,
        addresses=place.addresses,
        subnet=place.subnet,
        network=place.network,
    )
