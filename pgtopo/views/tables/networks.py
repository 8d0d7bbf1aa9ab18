"""`list networks`: every virtual network."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, all_shown, stated


class NetworkItem(msgspec.Struct, frozen=True, kw_only=True):
    """One virtual network."""

    id: str
    name: str
    addresses: list[str]
    location: str | None
    dns_servers: list[str]
    """Empty: Azure-provided DNS."""
    subnets: list[str]
    peerings: list[str]
    linked_zones: list[str]
    servers: list[str]


def items(facts: Facts) -> list[NetworkItem]:
    """Every virtual network, ordered by id."""
    topology = facts.topology
    return [_item(topology, network) for network in topology.all(VirtualNetwork)]


def _item(topology: Topology, network: VirtualNetwork) -> NetworkItem:
    subnets = topology.subnets_of(network.id)
    servers: list[ArmId] = [s.id for subnet in subnets for s in topology.servers_in(subnet.id)]
    return NetworkItem(
        id=topology.display(network.id),
        name=network.name,
        addresses=list(network.prefixes),
        location=stated(network.location),
        dns_servers=list(network.dns_servers),
        subnets=all_shown(topology, (s.id for s in subnets)),
        peerings=all_shown(topology, (p.id for p in topology.peerings_of(network.id))),
        linked_zones=all_shown(topology, (k.zone for k in topology.links_of_network(network.id))),
        servers=all_shown(topology, servers),
    )


TABLE = Table(
    kind="networks",
    title="virtual networks",
    item=NetworkItem,
    items=items,
    columns=(
        Column("NAME", lambda i: i.name),
        Column("ADDRESSES", lambda i: i.addresses),
        Column("DNS SERVERS", lambda i: i.dns_servers or "Azure"),
        Column("SUBNETS", lambda i: len(i.subnets), is_number=True),
        Column("PEERINGS", lambda i: len(i.peerings), is_number=True),
        Column("ZONES", lambda i: len(i.linked_zones), is_number=True),
        Column("SERVERS", lambda i: len(i.servers), is_number=True),
        Column("LOCATION", lambda i: i.location),
    ),
    if_empty="no virtual network is in these files",
)
