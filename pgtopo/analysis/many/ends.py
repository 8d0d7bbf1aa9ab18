"""The far ends of many paths: servers, or DNS servers, with what stands in front of each."""

from collections.abc import Callable, Sequence
from functools import cached_property

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, group_ids
from pgtopo.analysis.filters.nsg import Direction, compile_nsg
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.many.bits import Mask, positions
from pgtopo.analysis.many.places import Place, Places
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.walk_state import Target, TargetKind
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import TENANT
from pgtopo.model.net import ANY_V4
from pgtopo.model.network import NetworkInterface, VirtualNetwork

ANYONE = AddressSide(addresses=ANY_V4)


class Ends:
    """What waits at a list of private addresses; end `i` is bit `i`."""

    def __init__(
        self,
        facts: Facts,
        targets: Sequence[Target],
        within: Mask = -1,
        places: Sequence[Place] | None = None,
    ) -> None:
        """Takes a list, as bits those of it that are to count, and their places where known."""
        self._facts = facts
        self.targets: tuple[Target, ...] = tuple(targets)
        self.places = Places(places or map(_place, targets), within)

    def only(self, within: Mask) -> "Ends":
        """The same list with fewer that count."""
        return Ends(self._facts, self.targets, within, self.places.items)

    @property
    def everyone(self) -> Mask:
        """Those that count."""
        return self.places.everyone

    @cached_property
    def endpoints(self) -> Mask:
        """The private endpoints."""
        return self._where(lambda one: one.kind is TargetKind.ENDPOINT)

    @cached_property
    def odd(self) -> Mask:
        """Left to paths of their own: nowhere in their network, or on no interface's address."""
        return self._where(self._is_odd)

    @cached_property
    def grouped(self) -> Mask:
        """Application security groups may bear on clients of their own network."""
        return self._where(self._has_groups)

    def _where(self, test: Callable[[Target], bool]) -> Mask:
        return sum(1 << i for i in positions(self.everyone) if test(self.targets[i]))

    def passage(self, position: int, service: Service) -> Passage:
        """Packets of anybody to one end."""
        target = self.targets[position]
        return Passage(
            source=ANYONE,
            destination=AddressSide(addresses=target.addresses, network=target.network),
            port=service[1],
            protocol=service[0],
        )

    def _is_odd(self, target: Target) -> bool:
        network = self._facts.topology.get(VirtualNetwork, target.network)
        return network is None or bool(target.addresses - network.space)

    def _has_groups(self, target: Target) -> bool:
        if target.gate is None or target.kind is TargetKind.INJECTED:
            return False
        gate = target.gate
        return uses_groups(self._facts, gate, Direction.INBOUND) or self._is_member(target)

    def _is_member(self, target: Target) -> bool:
        topology = self._facts.topology
        for nic in topology.nics_in(target.subnet) if target.subnet else ():
            for configuration in nic.configurations:
                address = configuration.address
                if address is None or address not in target.addresses:
                    continue
                if _has_asgs(self._facts, nic):
                    return True
        return False


def _place(target: Target) -> Place:
    return Place(target.network or TENANT, target.subnet or TENANT, target.addresses)


def _has_asgs(facts: Facts, nic: NetworkInterface) -> bool:
    endpoint = facts.topology.get(PrivateEndpoint, nic.private_endpoint)
    return bool(endpoint and endpoint.asgs) or any(c.asgs for c in nic.configurations)


def uses_groups(facts: Facts, gate: Gate, direction: Direction) -> bool:
    """Whether any rule at a gate names an application security group."""
    for nsg in group_ids(facts, gate, direction):
        compiled = compile_nsg(facts, nsg)
        rules = compiled.of(direction) if compiled else ()
        if any(rule.source.asgs or rule.destination.asgs for rule in rules):
            return True
    return False
