"""`list routes`: the routes of route tables, with the subnets that use them."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.effective_route import EffectiveRoute
from pgtopo.model.net import SpanSet, format_address, parse_prefix
from pgtopo.model.network import Subnet
from pgtopo.model.routing import Route, RouteTable
from pgtopo.model.topology import Topology
from pgtopo.views.proof import EvidenceItem, evidence_item
from pgtopo.views.tables.base import Column, Effective, Table, all_shown, short, stated


class RouteItem(msgspec.Struct, frozen=True, kw_only=True):
    """One user-defined route."""

    id: str
    name: str
    route_table: str
    prefix: str | None
    next_hop_type: str | None
    next_hop: list[str]
    propagation_disabled: bool
    subnets: list[str]


def items(facts: Facts) -> list[RouteItem]:
    """Every route of every route table, ordered by table and route name."""
    topology = facts.topology
    found: list[RouteItem] = []
    for table in topology.all(RouteTable):
        subnets = all_shown(topology, (s.id for s in topology.subnets_using(table.id)))
        found += [
            RouteItem(
                id=topology.display(route.id),
                name=route.name,
                route_table=topology.display(table.id),
                prefix=stated(route.prefix),
                next_hop_type=stated(route.hop_type),
                next_hop=list(route.hop_ips) or ([route.hop_ip] if route.hop_ip else []),
                propagation_disabled=table.is_propagation_disabled,
                subnets=subnets,
            )
            for route in sorted(table.routes, key=lambda r: r.id)
        ]
    return found


class EffectiveItem(msgspec.Struct, frozen=True, kw_only=True):
    """One route in force on a subnet."""

    prefix: list[str]
    next_hop_type: str
    next_hop: list[str]
    source: str
    """`User`, `VirtualNetworkGateway` or `Default`, as Azure names them."""
    name: str | None
    networks: list[str]
    """Where a peering, group or hub leads, or where the gateways are."""
    doubt: str | None
    """Assumption code where it is open whether the route is in force."""
    decided_by: EvidenceItem


def in_force(facts: Facts, subnet: Subnet) -> list[EffectiveItem]:
    """The routes in force on a subnet by address, then its routes to service tags."""
    from pgtopo.analysis.routes.table import effective_routes

    topology = facts.topology
    found = [_effective(topology, one) for one in effective_routes(facts, subnet.id).routes]
    table = topology.get(RouteTable, subnet.route_table)
    tagged = [one for one in table.routes if parse_prefix(one.prefix) is None] if table else []
    return found + [_to_tag(topology, one) for one in sorted(tagged, key=lambda r: r.id)]


def _effective(topology: Topology, route: EffectiveRoute) -> EffectiveItem:
    return EffectiveItem(
        prefix=SpanSet([route.span]).cidrs(),
        next_hop_type=route.hop.value,
        next_hop=[format_address(address) for address in route.hop_ips],
        source=route.source.value,
        name=stated(route.name),
        networks=all_shown(topology, route.networks),
        doubt=stated(route.doubt),
        decided_by=evidence_item(topology, route.evidence),
    )


def _to_tag(topology: Topology, route: Route) -> EffectiveItem:
    return EffectiveItem(
        prefix=[route.prefix],
        next_hop_type=route.hop_type,
        next_hop=[route.hop_ip] if route.hop_ip else [],
        source="User",
        name=route.name,
        networks=[],
        doubt=None,
        decided_by=EvidenceItem(
            resource=topology.display(route.id),
            property="properties.addressPrefix",
            value=route.prefix,
        ),
    )


TABLE = Table(
    kind="routes",
    title="routes of route tables",
    item=RouteItem,
    items=items,
    columns=(
        Column("ROUTE TABLE", lambda i: short(i.route_table)),
        Column("ROUTE", lambda i: i.name),
        Column("PREFIX", lambda i: i.prefix),
        Column("NEXT HOP", lambda i: i.next_hop_type),
        Column("ADDRESS", lambda i: i.next_hop),
        Column("SUBNETS", lambda i: [short(s) for s in i.subnets]),
    ),
    if_empty="no route table with routes is in these files",
    effective=Effective(
        item=EffectiveItem,
        items=in_force,
        columns=(
            Column("PREFIX", lambda i: i.prefix),
            Column("NEXT HOP", lambda i: i.next_hop_type),
            Column("ADDRESS", lambda i: i.next_hop),
            Column("SOURCE", lambda i: i.source),
            Column("ROUTE", lambda i: i.name),
            Column("LEADS TO", lambda i: [short(one) for one in i.networks]),
            Column("DOUBT", lambda i: i.doubt),
        ),
    ),
)
