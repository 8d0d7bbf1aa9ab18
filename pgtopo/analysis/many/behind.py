"""The routes behind one appliance, for many destinations at once."""

from typing import Protocol

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.fan import Fans, blinded, merged
from pgtopo.analysis.routes.effective_route import EffectiveRoute, EffectiveTable
from pgtopo.analysis.routes.next_hops import Device, DeviceKind, stated
from pgtopo.analysis.way.walk_state import Walk
from pgtopo.model.firewall import AzureFirewall, FirewallPolicy


class Router(Protocol):
    """What knows where a route leads to."""

    def by_route(self, start: Walk, route: EffectiveRoute, mask: Mask) -> Fans:
        """The fans of places that one route leads to."""

    def all_parted(self, start: Walk, table: EffectiveTable, cut: Mask) -> Fans:
        """The fans of places that several routes share."""


class Behind:
    """The routes behind one appliance, each worked out when it is first needed."""

    def __init__(
        self,
        start: Walk,
        table: EffectiveTable,
        routes: list[tuple[EffectiveRoute, Mask]],
        cut: Mask,
    ) -> None:
        self._start = start
        self._table = table
        self._routes = routes
        self._cut = cut
        self._known: dict[int, Fans] = {}

    def fans(self, fanner: Router, mask: Mask) -> Fans:
        """The fans of every route that leads to one of these places."""
        found: Fans = []
        for index, (route, held) in enumerate(self._routes):
            if held & mask:
                if index not in self._known:
                    fans = fanner.by_route(self._start, route, held)
                    self._known[index] = merged(self._seen(fans))
                found += self._known[index]
        if self._cut & mask:
            if -1 not in self._known:
                fans = fanner.all_parted(self._start, self._table, self._cut)
                self._known[-1] = self._seen(fans)
            found += self._known[-1]
        return found

    def _seen(self, fans: Fans) -> Fans:
        return [(m, blinded(f)) for m, f in fans] if self._start.is_blind else fans


def is_unseen(facts: Facts, device: Device) -> bool:
    """Whether an appliance may translate sources without the data saying so."""
    if device.kind is not DeviceKind.FIREWALL:
        fact = stated(facts, device.address)
        return fact is None or fact.snat is None
    firewall = facts.topology.get(AzureFirewall, device.id)
    if firewall is None:
        return True
    policy = firewall.policy
    return policy is not None and facts.topology.get(FirewallPolicy, policy) is None
