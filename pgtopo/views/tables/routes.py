"""`list routes`: the routes of route tables, with the subnets that use them."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.routing import RouteTable
from pgtopo.views.tables.base import Column, Table, all_shown, short, stated


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
)
