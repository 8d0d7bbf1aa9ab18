"""The resources that have a part in one path: what checks are asked about."""

from collections.abc import Iterable, Iterator

from pgtopo.analysis.clients.parties import Client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.service_needs import partners
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import ArmId, ancestor, parent_of
from pgtopo.model.network import NetworkInterface, Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer, VirtualEndpoint

_HOLDERS = ("networksecuritygroups", "routetables", "virtualnetworks", "privatednszones")


def around_server(facts: Facts, server: FlexibleServer) -> frozenset[ArmId]:
    """The server, and what its answers depend on."""
    return frozenset(_existing(facts, _of_server(facts, server)))


def on_path(facts: Facts, path: PathVerdict) -> frozenset[ArmId]:
    """Everything that has a part in a traced path."""
    found = [*_of_server(facts, path.server), *_of_client(facts, path.client)]
    for step in path.steps:
        if step.verdict is Verdict.ALLOWED:
            continue
        for one in (step.decided_by, *step.evidence):
            if one is not None:
                found += _with_holders(one.resource)
    return frozenset(_existing(facts, found))


def _existing(facts: Facts, ids: Iterable[ArmId | None]) -> Iterator[ArmId]:
    return (one for one in ids if one is not None and facts.topology.find(one) is not None)


def _with_holders(arm_id: ArmId) -> list[ArmId]:
    holders = [ancestor(arm_id, segment) for segment in _HOLDERS]
    return [one for one in (arm_id, parent_of(arm_id), *holders) if one is not None]


def _of_server(facts: Facts, server: FlexibleServer) -> Iterator[ArmId | None]:
    topology = facts.topology
    yield server.id
    yield server.zone
    yield from _of_subnet(facts, server.subnet)
    if server.zone is not None:
        yield from (link.id for link in topology.links_of_zone(server.zone))
    for endpoint in topology.endpoints_of(server.id):
        yield endpoint.id
        yield from _of_subnet(facts, endpoint.subnet)
    yield from (one.id for one in topology.connections_of(server.id))
    yield from (one.id for one in topology.firewall_rules(server.id))
    yield from (one.id for one in topology.all(VirtualEndpoint) if one.server == server.id)
    yield from (one.id for one in partners(facts, server))


def _of_client(facts: Facts, client: Client) -> Iterator[ArmId | None]:
    yield client.id
    for part in client.parts:
        yield part.nic
        nic = facts.topology.get(NetworkInterface, part.nic)
        if nic is not None:
            yield nic.nsg
        yield part.network
        yield from _of_subnet(facts, part.subnet)


def _of_subnet(facts: Facts, subnet_id: ArmId | None) -> Iterator[ArmId | None]:
    yield subnet_id
    subnet = facts.topology.get(Subnet, subnet_id)
    if subnet is None:
        return
    yield subnet.network
    yield subnet.nsg
    yield subnet.route_table
    network = facts.topology.get(VirtualNetwork, subnet.network)
    if network is not None:
        yield from (peering.id for peering in facts.topology.peerings_of(network.id))
