"""`list subnets`: every subnet with what guards it and how many addresses are left."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.addresses import Ledger, ledger
from pgtopo.model.network import RESERVED_SUBNETS, Subnet
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, all_shown, owner_shown, short, shown


class AddressCount(msgspec.Struct, frozen=True, kw_only=True):
    """How full a subnet is; None for what nothing tells."""

    size: int
    reserved: int
    used: int | None
    used_source: str
    """`service`, `usages`, `counted` or `estimated`."""
    free: int | None
    more_servers: int | None
    """None, like the next, also where no server can be put: service subnets, other delegations,
    and subnets in use by anything else."""
    more_ha_servers: int | None


class SubnetItem(msgspec.Struct, frozen=True, kw_only=True):
    """One subnet."""

    id: str
    name: str
    network: str
    addresses: list[str]
    nsg: str | None
    route_table: str | None
    nat_gateway: str | None
    delegation: str | None
    service_endpoints: list[str]
    ips: AddressCount
    servers: list[str]


def items(facts: Facts) -> list[SubnetItem]:
    """Every subnet, ordered by id."""
    return [_item(facts, facts.topology, subnet) for subnet in facts.topology.all(Subnet)]


def _item(facts: Facts, topology: Topology, subnet: Subnet) -> SubnetItem:
    return SubnetItem(
        id=topology.display(subnet.id),
        name=subnet.name,
        network=owner_shown(topology, subnet.id, subnet.network),
        addresses=list(subnet.prefixes),
        nsg=shown(topology, subnet.nsg),
        route_table=shown(topology, subnet.route_table),
        nat_gateway=shown(topology, subnet.nat_gateway),
        delegation=", ".join(subnet.delegations) or None,
        service_endpoints=[endpoint.service for endpoint in subnet.service_endpoints],
        ips=_addresses(facts, subnet),
        servers=all_shown(topology, (s.id for s in topology.servers_in(subnet.id))),
    )


def _addresses(facts: Facts, subnet: Subnet) -> AddressCount:
    known = ledger(facts, subnet)
    has_room = _takes_servers(subnet, known)
    return AddressCount(
        size=known.size,
        reserved=known.reserved,
        used=known.used,
        used_source=known.used_source.value,
        free=known.free,
        more_servers=known.more_servers if has_room else None,
        more_ha_servers=known.more_ha_servers if has_room else None,
    )


def _takes_servers(subnet: Subnet, known: Ledger) -> bool:
    """Whether a server can be put here: delegated to servers, or free for that.

    Azure rule: a server's subnet holds flexible servers only and is delegated to them ("Networking
    overview for Azure Database for PostgreSQL - Flexible Server"); some names are kept for other
    services.
    """
    if subnet.name.lower() in RESERVED_SUBNETS:
        return False
    is_bare = not subnet.delegations and not subnet.service_links
    return subnet.is_pg_delegated or (is_bare and known.used == 0)


def _used(item: SubnetItem) -> str:
    used = "?" if item.ips.used is None else str(item.ips.used)
    return f"~{used}" if item.ips.used_source == "estimated" and used != "?" else used


TABLE = Table(
    kind="subnets",
    title="subnets",
    item=SubnetItem,
    items=items,
    columns=(
        Column("NETWORK", lambda i: short(i.network)),
        Column("NAME", lambda i: i.name),
        Column("ADDRESSES", lambda i: i.addresses),
        Column("USED", _used, is_number=True),
        Column("FREE", lambda i: i.ips.free, is_number=True),
        Column("MORE HA", lambda i: i.ips.more_ha_servers, is_number=True),
        Column("SERVERS", lambda i: len(i.servers), is_number=True),
        Column("NSG", lambda i: short(i.nsg)),
        Column("ROUTE TABLE", lambda i: short(i.route_table)),
        Column("DELEGATION", lambda i: short(i.delegation)),
    ),
    if_empty="no subnet is in these files",
)
