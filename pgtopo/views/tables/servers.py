"""`list servers`: every flexible server with its place in the network."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.model.ids import ArmId, parent_of
from pgtopo.model.network import Subnet
from pgtopo.model.server import FirewallRule, FlexibleServer, Mode
from pgtopo.model.topology import Topology
from pgtopo.views.tables.base import Column, Table, all_shown, owner_shown, short, shown, stated


class ServerItem(msgspec.Struct, frozen=True, kw_only=True):
    """One flexible server."""

    id: str
    name: str
    mode: str
    state: str | None
    subnet: str | None
    network: str | None
    zone: str | None
    fqdn: str | None
    ha: str | None
    role: str | None
    source_server: str | None
    location: str | None
    version: str | None
    sku: str | None
    tier: str | None
    public_access: str | None
    private_endpoints: list[str]
    firewall_rules: int | None
    """None where they do not apply or were not read."""
    availability_zone: str | None


def items(facts: Facts) -> list[ServerItem]:
    """Every flexible server, ordered by id."""
    topology = facts.topology
    return [_item(topology, server) for server in topology.all(FlexibleServer)]


def _item(topology: Topology, server: FlexibleServer) -> ServerItem:
    return ServerItem(
        id=topology.display(server.id),
        name=server.name,
        mode=server.mode.value,
        state=stated(server.state),
        subnet=shown(topology, server.subnet),
        network=_network(topology, server),
        zone=shown(topology, server.zone),
        fqdn=stated(server.fqdn),
        ha=stated(server.ha_mode),
        role=stated(server.role),
        source_server=shown(topology, server.source_server),
        location=stated(server.location),
        version=stated(server.version),
        sku=stated(server.sku),
        tier=stated(server.tier),
        public_access=stated(server.public_access),
        private_endpoints=all_shown(topology, _endpoints(topology, server)),
        firewall_rules=_rule_count(topology, server),
        availability_zone=stated(server.availability_zone),
    )


def _network(topology: Topology, server: FlexibleServer) -> str | None:
    if server.subnet is None:
        return None
    subnet = topology.get(Subnet, server.subnet)
    network = subnet.network if subnet else parent_of(server.subnet)
    return owner_shown(topology, server.subnet, network)


def _endpoints(topology: Topology, server: FlexibleServer) -> list[ArmId]:
    listed = [c.endpoint for c in topology.connections_of(server.id) if c.endpoint is not None]
    return listed + [endpoint.id for endpoint in topology.endpoints_of(server.id)]


def _rule_count(topology: Topology, server: FlexibleServer) -> int | None:
    rules = topology.firewall_rules(server.id)
    is_read = topology.coverage.is_read(FirewallRule.KIND, server.id)
    if server.mode is Mode.VNET or not (rules or is_read):
        return None
    return len(rules)


TABLE = Table(
    kind="servers",
    title="flexible servers",
    item=ServerItem,
    items=items,
    columns=(
        Column("NAME", lambda i: i.name),
        Column("MODE", lambda i: i.mode),
        Column("STATE", lambda i: i.state),
        Column("NETWORK", lambda i: short(i.network)),
        Column("SUBNET", lambda i: short(i.subnet)),
        Column("HA", lambda i: i.ha),
        Column("ROLE", lambda i: i.role),
        Column("ZONE", lambda i: short(i.zone)),
        Column("LOCATION", lambda i: i.location),
    ),
    if_empty="no flexible server is in these files",
)
