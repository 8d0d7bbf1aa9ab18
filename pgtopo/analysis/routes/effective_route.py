"""One route as a subnet sees it, and the structure that finds the route of an address."""

from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from itertools import pairwise

import msgspec

from pgtopo.analysis.verdict import Evidence
from pgtopo.model.ids import ArmId
from pgtopo.model.net import MAX_V4, Span, SpanSet


class Hop(Enum):
    """Where a route sends packets.

    Azure rule: next hop types ("Virtual network traffic routing", Microsoft Learn).
    """

    __hash__ = object.__hash__  # members are single objects; hashing their names takes longer

    LOCAL = "VnetLocal"
    PEERING = "VirtualNetworkPeering"
    CONNECTED_GROUP = "ConnectedGroup"
    GATEWAY = "VirtualNetworkGateway"
    APPLIANCE = "VirtualAppliance"
    INTERNET = "Internet"
    NONE = "None"
    ENDPOINT = "InterfaceEndpoint"
    SERVICE_ENDPOINT = "VirtualNetworkServiceEndpoint"
    VIRTUAL_HUB = "VirtualHub"
    UNKNOWN = "Unknown"


class Source(Enum):
    """Who made a route; later ones lose to earlier ones of the same prefix."""

    USER = "User"
    BGP = "VirtualNetworkGateway"
    SYSTEM = "Default"


class EffectiveRoute(msgspec.Struct, frozen=True, kw_only=True):
    """One route in force on a subnet."""

    span: Span
    hop: Hop
    source: Source
    evidence: Evidence
    name: str = ""
    """Of a user-defined route."""
    hop_ips: tuple[int, ...] = ()
    """Addresses of an appliance."""
    peering: ArmId | None = None
    networks: tuple[ArmId, ...] = ()
    """The network a peering, connected group or hub leads to, or that holds the gateways."""
    doubt: str = ""
    """Assumption code where it is open whether the route is in force."""
    rivals: tuple[ArmId, ...] = ()
    """Other peerings that claim the range or more of it."""


class EffectiveTable:
    """The routes in force on a subnet, ready to be asked for any set of destinations."""

    __slots__ = ("lows", "owners", "routes")

    def __init__(self, routes: Iterable[EffectiveRoute]) -> None:
        """Takes one route per prefix, the default route among them."""
        self.routes: tuple[EffectiveRoute, ...] = tuple(
            sorted(routes, key=lambda r: (r.span.low, -r.span.high))
        )
        self.lows: list[int] = []
        """The first address of every range that takes one route, ascending."""
        self.owners: list[EffectiveRoute] = []
        """The route of each of these ranges."""
        self._paint()

    def __eq__(self, other: object) -> bool:
        """Whether the same routes are in force."""
        return isinstance(other, EffectiveTable) and self.routes == other.routes

    def __hash__(self) -> int:
        """The same for tables with the same routes."""
        return hash(tuple(self.lows))

    def _paint(self) -> None:
        """Lay nested prefixes over one another, the longest on top."""
        stack: list[EffectiveRoute] = []
        at = 0
        for route in self.routes:
            while stack and stack[-1].span.high < route.span.low:
                at = self._close(stack, at)
            if stack and at < route.span.low:
                self._emit(at, stack[-1])
            at = max(at, route.span.low)
            stack.append(route)
        while stack:
            at = self._close(stack, at)

    def _close(self, stack: list[EffectiveRoute], at: int) -> int:
        done = stack.pop()
        if at > done.span.high:
            return at
        self._emit(at, done)
        return done.span.high + 1

    def _emit(self, low: int, owner: EffectiveRoute) -> None:
        if not self.owners or self.owners[-1] is not owner:
            self.lows.append(low)
            self.owners.append(owner)

    def route_of(self, address: int) -> EffectiveRoute:
        """The route of one address."""
        return self.owners[bisect_right(self.lows, address) - 1]

    def differing(self, other: "EffectiveTable") -> SpanSet:
        """The destinations that take another route in another table."""
        bounds = sorted({*self.lows, *other.lows, MAX_V4 + 1})
        return SpanSet(
            (low, after - 1)
            for low, after in pairwise(bounds)
            if self.route_of(low) != other.route_of(low)
        )

    def lookup(self, destinations: SpanSet) -> list[tuple[SpanSet, EffectiveRoute]]:
        """The destinations split by the route they take, in order of address."""
        found: dict[int, tuple[EffectiveRoute, list[tuple[int, int]]]] = {}
        for low, high in destinations:
            index = bisect_right(self.lows, low) - 1
            at = low
            while at <= high:
                owner = self.owners[index]
                last = self.lows[index + 1] - 1 if index + 1 < len(self.lows) else MAX_V4
                end = min(high, last)
                found.setdefault(id(owner), (owner, []))[1].append((at, end))
                at = end + 1
                index += 1
        return [(SpanSet(spans), owner) for owner, spans in found.values()]
