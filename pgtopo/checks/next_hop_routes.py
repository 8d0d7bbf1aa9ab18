"""Routes to appliances in the networks that have to do with servers."""

from collections.abc import Iterator
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Unseen
from pgtopo.checks.scope import concerned_networks
from pgtopo.model.net import is_ipv6, parse_address
from pgtopo.model.network import Subnet
from pgtopo.model.routing import Route, RouteTable
from pgtopo.model.topology import Topology


class Steered(NamedTuple):
    """One next hop address of one route."""

    table: RouteTable
    route: Route
    text: str
    address: int | None


def steered_subnets(topology: Topology) -> Iterator[Subnet | Unseen]:
    """Subnets with a route table, in networks that have to do with servers."""
    for network in sorted(concerned_networks(topology)):
        for subnet in topology.subnets_of(network):
            if subnet.route_table is None:
                continue
            if topology.get(RouteTable, subnet.route_table) is None:
                yield Unseen(subject=subnet.id, kind=RouteTable.KIND, wanted=subnet.route_table)
            else:
                yield subnet


def steered_routes(facts: Facts, subnet: Subnet) -> tuple[Steered, ...]:
    """The next hops of a subnet's routes to appliances; an address only once per route.

    Those of IPv6 routes are left out: flexible servers are reached over IPv4.
    """
    table = facts.topology.get(RouteTable, subnet.route_table)
    if table is None:
        return ()
    return facts.once("steered routes", table.id, lambda: tuple(_steered(table)))


def _steered(table: RouteTable) -> Iterator[Steered]:
    for route in table.routes:
        if not route.hop_type.lower().startswith("virtualappliance"):
            continue
        for text in dict.fromkeys((route.hop_ip, *route.hop_ips)):
            if is_ipv6(text) or is_ipv6(route.prefix):
                continue
            if text or not route.hop_ips:
                yield Steered(table, route, text, parse_address(text))
