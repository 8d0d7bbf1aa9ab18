"""The typed store of an estate: look-up by id, by class, and backwards along references."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, TypeVar, cast

from pgtopo.model.avnm import EffectiveAdminRules, EffectiveConnectivity, GroupMembership
from pgtopo.model.base import ParseIssue, RefState, Resource, SetAside
from pgtopo.model.coverage import Coverage, Status
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.governance import Lock
from pgtopo.model.ids import ArmId, IdTable, type_of
from pgtopo.model.network import (
    NetworkInterface,
    Peering,
    Subnet,
    SubnetUsage,
    VirtualNetwork,
)
from pgtopo.model.server import EndpointConnection, FirewallRule, FlexibleServer, ServerParameter

R = TypeVar("R", bound=Resource)

_ID = attrgetter("id")


class Topology:
    """Everything that was read, frozen; answers carry no opinion about what is missing."""

    def __init__(
        self,
        resources: Mapping[ArmId, Resource],
        *,
        ids: IdTable,
        coverage: Coverage,
        set_aside: Iterable[SetAside] = (),
        issues: Iterable[ParseIssue] = (),
        other_rows: Mapping[str, int] | None = None,
        scope: Mapping[str, object] | None = None,
        created_at: str = "",
    ) -> None:
        self._resources = resources
        self._ids = ids
        self.coverage = coverage
        self.set_aside: tuple[SetAside, ...] = tuple(set_aside)
        self.issues: tuple[ParseIssue, ...] = tuple(issues)
        self.other_rows: dict[str, int] = dict(other_rows or {})
        """Rows of kinds pgtopo does not read, counted by type."""
        self.scope: dict[str, object] = dict(scope or {})
        self.created_at = created_at
        """When the data was collected (ISO 8601), or empty."""
        self._by_class: dict[type[Resource], tuple[Resource, ...]] = {}
        self._indexes: dict[str, dict[ArmId, list[Any]]] = {}
        self._indexed: dict[str, type[Resource]] = {}
        """Of each index, the class whose members it groups."""
        self.changed: frozenset[ArmId] = frozenset()
        """In a changed copy: the resources that differ from the estate it was made of."""
        self._group_by_class()

    def _group_by_class(self) -> None:
        grouped: dict[type[Resource], list[Resource]] = {}
        for resource in self._resources.values():
            grouped.setdefault(type(resource), []).append(resource)
        for kind, members in grouped.items():
            members.sort(key=_ID)
            self._by_class[kind] = tuple(members)

    def with_changes(
        self, changes: Mapping[ArmId, Resource | None], issues: Iterable[ParseIssue] | None = None
    ) -> "Topology":
        """A copy in which some resources are replaced, added, or taken out where None.

        Everything else is shared with this one, groupings and indexes included.
        """
        resources = dict(self._resources)
        touched: dict[type[Resource], None] = {}
        for arm_id, made in changes.items():
            old = resources.pop(arm_id, None)
            if made is not None:
                resources[arm_id] = made
            touched.update((type(one), None) for one in (old, made) if one is not None)
        copy = Topology.__new__(Topology)
        copy.__dict__.update(self.__dict__)
        copy._resources = resources
        copy.issues = self.issues if issues is None else tuple(issues)
        copy._by_class = self._by_class | {kind: self._regrouped(kind, changes) for kind in touched}
        copy.changed = frozenset(one for one in changes if not _is_same(self, copy, one))
        kept = [name for name, kind in self._indexed.items() if kind not in touched]
        copy._indexes = {name: self._indexes[name] for name in kept}
        copy._indexed = {name: self._indexed[name] for name in kept}
        return copy

    def _regrouped(
        self, kind: type[Resource], changes: Mapping[ArmId, Resource | None]
    ) -> tuple[Resource, ...]:
        found: list[Resource] = list(self._by_class.get(kind, ()))
        for arm_id, made in changes.items():
            at = bisect_left(found, arm_id, key=_ID)
            was_there = at < len(found) and found[at].id == arm_id
            found[at : at + was_there] = [made] if made is not None and type(made) is kind else []
        return tuple(found)

    def __len__(self) -> int:
        return len(self._resources)

    def resources(self) -> Iterable[Resource]:
        """Every resource, children included."""
        return self._resources.values()

    @property
    def ids(self) -> IdTable:
        """The spelling table; share it when a changed copy of the estate is made."""
        return self._ids

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every resource of a class, ordered by id."""
        return cast("tuple[R, ...]", self._by_class.get(kind, ()))

    def get(self, kind: type[R], arm_id: ArmId | None) -> R | None:
        """The resource of that class with that id, or None."""
        found = self._resources.get(arm_id) if arm_id is not None else None
        return found if isinstance(found, kind) else None

    def find(self, arm_id: ArmId | None) -> Resource | None:
        """The resource with that id, or None."""
        return self._resources.get(arm_id) if arm_id is not None else None

    def display(self, arm_id: ArmId) -> str:
        """The id as first seen."""
        return self._ids.shown(arm_id)

    def ref(self, arm_id: ArmId, kind: str = "") -> RefState:
        """How a reference stands; `kind` where the id itself does not tell its type."""
        if arm_id in self._resources:
            return RefState.PRESENT
        asked = kind or type_of(arm_id)
        stated = self.coverage.entry(asked, arm_id)
        if stated is not None and stated.status is Status.READ and not self.coverage.is_inferred:
            return RefState.DANGLING
        if self.coverage.is_inferred and self._is_inferred_read(asked, arm_id):
            return RefState.DANGLING
        return RefState.UNREAD

    def _is_inferred_read(self, kind: str, arm_id: ArmId) -> bool:
        return self.coverage.entry(kind, arm_id) is not None and self.coverage.is_read(kind, arm_id)

    def index(
        self, name: str, kind: type[R], keys: Callable[[R], Iterable[ArmId | None]]
    ) -> Mapping[ArmId, list[R]]:
        """Resources of a class grouped by the ids they refer to; built once per name."""
        known: dict[ArmId, list[R]] | None = self._indexes.get(name)
        if known is None:
            known = {}
            for resource in self.all(kind):
                for key in keys(resource):
                    if key is not None:
                        known.setdefault(key, []).append(resource)
            self._indexes[name] = known
            self._indexed[name] = kind
        return known

    # -- networks -----------------------------------------------------------------------------

    def subnets_of(self, network: ArmId) -> list[Subnet]:
        """The subnets of a virtual network."""
        return self.index("subnets", Subnet, lambda s: (s.network,)).get(network, [])

    def network_of(self, subnet: ArmId | None) -> VirtualNetwork | None:
        """The virtual network that holds a subnet."""
        found = self.get(Subnet, subnet)
        return self.get(VirtualNetwork, found.network) if found else None

    def peerings_of(self, network: ArmId) -> list[Peering]:
        """The peering halves that live in a virtual network."""
        return self.index("peerings", Peering, lambda p: (p.network,)).get(network, [])

    def peerings_to(self, network: ArmId) -> list[Peering]:
        """The peering halves in other networks that point at this one."""
        return self.index("peerings to", Peering, lambda p: (p.remote,)).get(network, [])

    def reverse_of(self, peering: Peering) -> Peering | None:
        """The other half of a peering, or None where it does not exist or was not read."""
        if peering.remote is None:
            return None
        return self.peering_between(peering.remote, peering.network)

    def peering_between(self, network: ArmId, remote: ArmId) -> Peering | None:
        """The half in one network that points at another, or None."""
        found = self.index("peerings by ends", Peering, _ends).get(_joined(network, remote))
        return found[0] if found else None

    def nics_in(self, subnet: ArmId) -> list[NetworkInterface]:
        """The network interfaces with an address in a subnet."""
        by_subnet = self.index(
            "nics by subnet", NetworkInterface, lambda n: {c.subnet for c in n.configurations}
        )
        return by_subnet.get(subnet, [])

    def usage_of(self, subnet: ArmId) -> SubnetUsage | None:
        """What Azure itself counts as used in a subnet."""
        found = self.index("usage", SubnetUsage, lambda u: (u.subnet,)).get(subnet)
        return found[0] if found else None

    def subnets_using(self, arm_id: ArmId) -> list[Subnet]:
        """The subnets that refer to an NSG, route table or NAT gateway."""
        return self.index(
            "subnet uses", Subnet, lambda s: (s.nsg, s.route_table, s.nat_gateway)
        ).get(arm_id, [])

    # -- servers ------------------------------------------------------------------------------

    def servers_in(self, subnet: ArmId) -> list[FlexibleServer]:
        """The servers injected into a subnet."""
        return self.index("servers by subnet", FlexibleServer, lambda s: (s.subnet,)).get(
            subnet, []
        )

    def servers_of_zone(self, zone: ArmId) -> list[FlexibleServer]:
        """The servers that keep their name in a private zone."""
        return self.index("servers by zone", FlexibleServer, lambda s: (s.zone,)).get(zone, [])

    def replicas_of(self, server: ArmId) -> list[FlexibleServer]:
        """The servers that follow a server."""
        return self.index("replicas", FlexibleServer, lambda s: (s.source_server,)).get(server, [])

    def firewall_rules(self, server: ArmId) -> list[FirewallRule]:
        """The firewall rules of a server."""
        return self.index("firewall rules", FirewallRule, lambda r: (r.server,)).get(server, [])

    def parameter(self, server: ArmId, name: str) -> ServerParameter | None:
        """One parameter of a server, by its lower-case name."""
        known = self.index("parameters", ServerParameter, lambda p: (p.server,)).get(server, [])
        return next((p for p in known if p.name.lower() == name), None)

    def connections_of(self, server: ArmId) -> list[EndpointConnection]:
        """The private endpoint connections a server lists."""
        by_server = self.index("endpoint connections", EndpointConnection, lambda c: (c.server,))
        return by_server.get(server, [])

    def endpoints_of(self, server: ArmId) -> list[PrivateEndpoint]:
        """The private endpoints that name a server as their target."""
        by_target = self.index(
            "endpoints by target", PrivateEndpoint, lambda e: {c.target for c in e.connections}
        )
        return by_target.get(server, [])

    # -- names --------------------------------------------------------------------------------

    def links_of_zone(self, zone: ArmId) -> list[ZoneLink]:
        """The virtual network links of a private zone."""
        return self.index("links by zone", ZoneLink, lambda k: (k.zone,)).get(zone, [])

    def links_of_network(self, network: ArmId) -> list[ZoneLink]:
        """The zone links that make zones visible in a virtual network."""
        return self.index("links by network", ZoneLink, lambda k: (k.network,)).get(network, [])

    def records_of(self, zone: ArmId) -> list[RecordSet]:
        """The A, AAAA and CNAME record sets of a zone."""
        return self.index("records", RecordSet, lambda r: (r.zone,)).get(zone, [])

    def zones_named(self, domain: str) -> list[PrivateZone]:
        """Every private zone of one name (lower case), wherever it lives."""
        by_name = self.index("zones by name", PrivateZone, lambda z: (ArmId(z.domain),))
        return by_name.get(ArmId(domain), [])

    # -- governance ---------------------------------------------------------------------------

    def locks_at(self, scope: ArmId) -> list[Lock]:
        """The locks placed exactly at a scope."""
        return self.index("locks", Lock, lambda k: (k.scope,)).get(scope, [])

    def admin_rules_of(self, network: ArmId) -> EffectiveAdminRules | None:
        """The security admin rules in force on a network."""
        found = self.index("admin rules", EffectiveAdminRules, lambda e: (e.network,)).get(network)
        return found[0] if found else None

    def connectivity_of(self, network: ArmId) -> EffectiveConnectivity | None:
        """The connectivity configurations in force on a network."""
        found = self.index("connectivity", EffectiveConnectivity, lambda e: (e.network,))
        held = found.get(network)
        return held[0] if held else None

    def memberships_of(self, network: ArmId) -> GroupMembership | None:
        """The network groups a network belongs to."""
        found = self.index("memberships", GroupMembership, lambda m: (m.network,)).get(network)
        return found[0] if found else None


def _joined(network: ArmId, remote: ArmId) -> ArmId:
    """Both ends of a peering as one key."""
    return ArmId(f"{network} {remote}")


def _ends(peering: Peering) -> tuple[ArmId | None]:
    return (_joined(peering.network, peering.remote) if peering.remote is not None else None,)


def _is_same(one: Topology, other: Topology, arm_id: ArmId) -> bool:
    """Whether a resource says the same in two estates, wherever its row was read."""
    here, there = one.find(arm_id), other.find(arm_id)
    if here is None or there is None or type(here) is not type(there):
        return here is there
    fields = (name for name in here.__struct_fields__ if name != "origin")
    return all(getattr(here, name) == getattr(there, name) for name in fields)
