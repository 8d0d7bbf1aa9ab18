"""The places a traced path comes by, in the order packets meet them, with what is said between.

A trace lists its steps by stage; here each stands where it happens: routes and peerings between
places, the word of an appliance at the appliance.
"""

from collections.abc import Iterable
from enum import Enum

import msgspec

from pgtopo.analysis.clients.parties import Client, ClientKind
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import network_id
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.routes.next_hops import Device, device_at
from pgtopo.analysis.verdict import Part, Stage, Step, Verdict
from pgtopo.model.ids import ArmId, parent_of
from pgtopo.model.net import format_address, parse_address
from pgtopo.model.network import Peering, Subnet, VirtualNetwork
from pgtopo.model.server import Mode
from pgtopo.model.topology import Topology
from pgtopo.views.labels import name_in
from pgtopo.views.literal import printable
from pgtopo.views.map.gist import route_of


class StationKind(Enum):
    """What a place on the way is."""

    CLIENT = "client"
    DEVICE = "device"
    SERVER = "server"


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """A place packets come by."""

    kind: StationKind
    word: str
    """What people call it."""
    name: str
    facts: tuple[str, ...] = ()
    """Where it is and which address it has."""
    id: ArmId | None = None
    steps: tuple[Step, ...] = ()
    """What is decided at the place itself."""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a traced path, place by place."""

    stops: tuple[Station | Step, ...]
    """Client first, server last; steps in between happen between the places."""
    back: tuple[Step, ...]
    """The steps of the way back."""
    part: Part

    @property
    def stations(self) -> tuple[Station, ...]:
        """The places alone."""
        return tuple(one for one in self.stops if isinstance(one, Station))


SILENT = frozenset({"peering", "transit", "client_filter", "server_filter", "return_route"})
"""Stages that say nothing where they have no evidence and nothing stands in the way."""


def way_of(facts: Facts, found: PathVerdict, part: Part) -> Way:
    """The places of one part of a path."""
    return _Walker(facts, found, part).way()


class _Walker:
    """Puts the steps of one part where they happen."""

    def __init__(self, facts: Facts, found: PathVerdict, part: Part) -> None:
        self._facts = facts
        self._topology = facts.topology
        self._found = found
        self._part = part
        self._stops: list[Station | Step] = []
        self._by_stage: dict[Stage, list[Step]] = {}
        for one in part.steps:
            self._by_stage.setdefault(one.stage, []).append(one)

    def way(self) -> Way:
        """Every step, each once."""
        self._stops.append(client_station(self._facts, self._found.client, self._part))
        self._stops += self._said(Stage.DNS)
        self._stops += self._said(Stage.CLIENT_FILTER)
        routes = self._said(Stage.FORWARD_ROUTE)
        self._stops += routes
        self._through(routes[-1:] if routes else [])
        self._stops += self._said(Stage.SERVER_FILTER)
        last = (*self._by_stage.get(Stage.STATE, ()), *self._by_stage.get(Stage.SERVER_ACCESS, ()))
        self._stops.append(server_station(self._topology, self._found, self._part, last))
        return Way(
            stops=tuple(self._stops), back=tuple(self._said(Stage.RETURN_ROUTE)), part=self._part
        )

    def _said(self, stage: Stage) -> list[Step]:
        return [one for one in self._by_stage.get(stage, ()) if _is_worth_saying(one)]

    def _through(self, routed: list[Step]) -> None:
        """Appliances in order, each behind the peering that leads to it."""
        peerings = self._said(Stage.PEERING)
        transits = self._said(Stage.TRANSIT)
        place = _home(self._facts, self._found.client, self._part)
        while routed and (device := self._device(place, routed[-1])) is not None:
            if device.network != place and peerings:
                self._stops.append(peerings.pop(0))
            words = _until_route(transits)
            transits = transits[len(words) :]
            self._stops.append(_device_station(self._topology, device, words))
            place = device.network or place
            routed, transits = transits[:1], transits[1:]
            self._stops += routed
        self._stops += [*peerings, *transits]

    def _device(self, place: ArmId | None, step: Step) -> Device | None:
        decided = step.decided_by
        route = route_of(self._topology, decided.resource) if decided is not None else None
        address = parse_address(route.hop_ip) if route is not None else None
        if place is None or address is None:
            return None
        return device_at(self._facts, place, address)


def _is_worth_saying(step: Step) -> bool:
    is_idle = step.verdict is Verdict.ALLOWED and step.decided_by is None
    return not (is_idle and step.stage.value in SILENT)


def _until_route(transits: list[Step]) -> tuple[Step, ...]:
    """The words of the appliance itself: what comes before the next route."""
    found: list[Step] = []
    for one in transits:
        if found and _is_route(one):
            break
        found.append(one)
    return tuple(found)


def _is_route(step: Step) -> bool:
    property_ = step.decided_by.property if step.decided_by is not None else ""
    return "nextHop" in property_ or "AddressSpace" in property_ or "addressSpace" in property_


def _home(facts: Facts, client: Client, part: Part) -> ArmId | None:
    """The network packets start in."""
    held = [one for one in client.parts if one.addresses & part.addresses]
    first = (held or list(client.parts))[:1]
    if first and first[0].network is not None:
        return first[0].network
    for step in part.steps:
        if step.stage is Stage.FORWARD_ROUTE and step.decided_by is not None:
            table = parent_of(step.decided_by.resource)
            used = facts.topology.subnets_using(table)
            return network_id(facts, used[0].id) if used else None
    return None


# -- places ----------------------------------------------------------------------------------------


def client_station(facts: Facts, client: Client, part: Part) -> Station:
    """The client's place."""
    topology = facts.topology
    held = [one for one in client.parts if one.addresses & part.addresses] or list(client.parts)
    subnet = held[0].subnet if held else None
    owner = client.id if client.kind in (ClientKind.VM, ClientKind.NIC) else subnet or client.id
    name = name_in(topology, owner) if owner else _OUTSIDE.get(client.kind, "the client")
    network = topology.get(VirtualNetwork, held[0].network) if held else None
    where = printable(network.name) if network is not None else ""
    return Station(
        kind=StationKind.CLIENT,
        word="client",
        name=name,
        facts=tuple(one for one in (addresses(part.addresses.cidrs()), where) if one),
        id=owner,
    )


_OUTSIDE = {
    ClientKind.IP: "an address",
    ClientKind.ONPREM: "on premises",
    ClientKind.INTERNET: "the internet",
}


def addresses(texts: Iterable[str], most: int = 2) -> str:
    """The first addresses, and how many more ranges there are."""
    every = list(texts)
    shown = ", ".join(one.removesuffix("/32") for one in every[:most])
    return f"{shown} and {len(every) - most} more" if len(every) > most else shown


def _device_station(topology: Topology, device: Device, words: Iterable[Step]) -> Station:
    name = printable(device.name) if device.name else format_address(device.address)
    where = name_in(topology, device.network) if device.network else ""
    found = [format_address(device.address) if device.name else "", where]
    return Station(
        kind=StationKind.DEVICE,
        word=device.kind.value,
        name=name,
        facts=tuple(one for one in found if one),
        id=device.id,
        steps=tuple(words),
    )


def server_station(
    topology: Topology, found: PathVerdict, part: Part, steps: Iterable[Step]
) -> Station:
    """The server's place."""
    server = found.server
    subnet = topology.get(Subnet, server.subnet)
    where = [f"port {found.port}"]
    if part.answers:
        where.insert(0, addresses(part.answers))
    if subnet is not None:
        where += [printable(subnet.name), name_in(topology, subnet.network)]
    elif server.mode is Mode.PUBLIC:
        where.append("public access")
    elif server.mode is Mode.PRIVATE_ENDPOINT:
        where.append("by private endpoint")
    return Station(
        kind=StationKind.SERVER,
        word="server",
        name=printable(server.name),
        facts=tuple(where),
        id=server.id,
        steps=tuple(steps),
    )


def crossed(topology: Topology, way: Way) -> tuple[Peering, ...]:
    """The peerings that are crossed on the way there, in order."""
    steps = [one for one in way.stops if not isinstance(one, Station)]
    found = [
        topology.get(Peering, one.decided_by.resource)
        for one in steps
        if one.stage is Stage.PEERING and one.decided_by is not None
    ]
    return tuple(one for one in found if one is not None)
