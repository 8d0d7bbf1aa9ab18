"""`list endpoints`: private endpoints of servers, and virtual endpoints."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import type_of
from pgtopo.model.net import format_address
from pgtopo.model.network import NetworkInterface
from pgtopo.model.server import FlexibleServer, VirtualEndpoint
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, owner_shown, short, shown, stated


class EndpointItem(msgspec.Struct, frozen=True, kw_only=True):
    """One private or virtual endpoint."""

    id: str
    kind: str
    """`private` or `virtual`."""
    name: str
    server: str | None
    status: str | None
    """Of private endpoints: Approved, Pending, Rejected or Disconnected."""
    subnet: str | None
    addresses: list[str]
    names: list[str]
    """Names the endpoint answers to, where stated."""
    members: list[str]
    """Servers behind a virtual endpoint."""


def items(facts: Facts) -> list[EndpointItem]:
    """Private endpoints of flexible servers, then virtual endpoints, each ordered by id."""
    topology = facts.topology
    private = [
        item for endpoint in topology.all(PrivateEndpoint) for item in _private(topology, endpoint)
    ]
    virtual = [
        EndpointItem(
            id=topology.display(endpoint.id),
            kind="virtual",
            name=endpoint.name,
            server=owner_shown(topology, endpoint.id, endpoint.server),
            status=None,
            subnet=None,
            addresses=[],
            names=list(endpoint.names),
            members=list(endpoint.members),
        )
        for endpoint in topology.all(VirtualEndpoint)
    ]
    return private + virtual


def _private(topology: Topology, endpoint: PrivateEndpoint) -> list[EndpointItem]:
    return [
        EndpointItem(
            id=topology.display(endpoint.id),
            kind="private",
            name=endpoint.name,
            server=shown(topology, connection.target),
            status=stated(connection.status),
            subnet=shown(topology, endpoint.subnet),
            addresses=_addresses(topology, endpoint),
            names=sorted({name for name, _ in endpoint.dns_configs}),
            members=[],
        )
        for connection in endpoint.connections
        if connection.target is not None and type_of(connection.target) == FlexibleServer.KIND
    ]


def _addresses(topology: Topology, endpoint: PrivateEndpoint) -> list[str]:
    """What its interfaces hold; what the endpoint itself says where they were not read."""
    held = [
        configuration.address
        for nic in (topology.get(NetworkInterface, nic) for nic in endpoint.nics)
        if nic is not None
        for configuration in nic.configurations
        if configuration.address is not None
    ]
    if held:
        return [format_address(address) for address in sorted(set(held))]
    said = {address for _, addresses in endpoint.dns_configs for address in addresses}
    return sorted(said or set(endpoint.static_addresses))


TABLE = Table(
    kind="endpoints",
    title="private and virtual endpoints",
    item=EndpointItem,
    items=items,
    columns=(
        Column("KIND", lambda i: i.kind),
        Column("NAME", lambda i: i.name),
        Column("SERVER", lambda i: short(i.server)),
        Column("STATUS", lambda i: i.status),
        Column("SUBNET", lambda i: short(i.subnet)),
        Column("ADDRESSES", lambda i: i.addresses),
        Column("NAMES", lambda i: i.names),
    ),
    if_empty="no private endpoint of a flexible server and no virtual endpoint is in these files",
)
