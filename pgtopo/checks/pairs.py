"""The pairs of a client and a server that are meant to talk, and how each fares.

One list serves every check about pairs: clients that the settings file declares, and the subnets
of networks whose intent the estate shows. Each pair is traced once, whoever asks.
"""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.clients.clients import find_client, subnet_client
from pgtopo.analysis.clients.parties import Client, ClientPart
from pgtopo.analysis.clients.parts import is_client_subnet
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.path.trace import trace
from pgtopo.analysis.servers.targets import find_target
from pgtopo.analysis.verdict import Part, Step
from pgtopo.checks.intent import Reason, meant_by, networks_for
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId
from pgtopo.model.network import RESOLVER_DELEGATION, Subnet
from pgtopo.model.server import FlexibleServer
from pgtopo.model.settings import DeclaredClient
from pgtopo.model.topology import Topology

PORT = 5432
TO, PATH, NOTABLE = "pairs to", "pair path", "pair notable"
"""Questions under which facts know a server's pairs, a pair's path, and its notable steps."""
_SERVICES = (RESOLVER_DELEGATION, "microsoft.dbfor", "microsoft.sql/", "microsoft.netapp/")
"""Delegations of subnets in which no client of a database can live."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One client with one home, and one server that it is meant to reach."""

    client: Client
    server: FlexibleServer
    reason: Reason
    port: int = PORT
    source: str = ""
    """The text of the settings file, where that declares the client."""

    @property
    def is_declared(self) -> bool:
        """Whether the settings file names the client."""
        return self.reason is Reason.DECLARED

    @property
    def part(self) -> ClientPart:
        """The client as the evaluation takes it."""
        return self.client.parts[0]

    @property
    def subnet(self) -> ArmId | None:
        """The client's subnet; None outside Azure."""
        return self.part.subnet

    @property
    def network(self) -> ArmId | None:
        """The client's network; None outside Azure."""
        return self.part.network

    @property
    def key(self) -> tuple[ClientPart, ArmId, int]:
        """What tells its path from others."""
        return self.part, self.server.id, self.port

    @property
    def end(self) -> str:
        """What tells the client from others in findings about a server, stable over time."""
        return self.source or self.network or ""


Pairs = tuple[Pair, ...]


def pairs_to(facts: Facts, server: FlexibleServer) -> Pairs:
    """The pairs of a server, declared clients first."""
    return facts.once(TO, server.id, lambda: tuple(_pairs_to(facts, server)))


def pairs_of_network(facts: Facts, network: ArmId) -> Pairs:
    """The pairs of the clients in a network, declared ones first."""
    return facts.once("pairs of network", network, lambda: tuple(_pairs_of(facts, network)))


def pairs_of_subnet(facts: Facts, subnet: Subnet) -> Pairs:
    """The pairs of the clients in a subnet, declared ones first."""
    by_subnet = facts.once(
        "pairs by subnet", subnet.network, lambda: _by_subnet(facts, subnet.network)
    )
    return by_subnet.get(subnet.id, ())


def path_of(facts: Facts, pair: Pair) -> PathVerdict:
    """The traced path of a pair."""
    return facts.once(
        PATH, pair.key, lambda: trace(facts, pair.client, pair.server, port=pair.port)
    )


def notable(facts: Facts, pair: Pair) -> tuple[tuple[Part, Step], ...]:
    """The steps of a pair's path that are not plainly fine, each with its part."""
    return facts.once(
        NOTABLE,
        pair.key,
        lambda: tuple(
            (part, step)
            for part in path_of(facts, pair).parts
            for step in part.steps
            if step.code != "OK"
        ),
    )


def _pairs_to(facts: Facts, server: FlexibleServer) -> Iterator[Pair]:
    yield from (pair for pair in declared(facts) if pair.server.id == server.id)
    for network in networks_for(facts, server):
        reason = meant_by(facts, network)[server.id]
        for client in _clients_in(facts, network):
            yield Pair(client=client, server=server, reason=reason)


def _pairs_of(facts: Facts, network: ArmId) -> Iterator[Pair]:
    yield from (pair for pair in declared(facts) if pair.network == network)
    meant = meant_by(facts, network)
    for client in _clients_in(facts, network) if meant else ():
        for server_id, reason in meant.items():
            server = facts.topology.get(FlexibleServer, server_id)
            if server is not None:
                yield Pair(client=client, server=server, reason=reason)


def _by_subnet(facts: Facts, network: ArmId) -> dict[ArmId | None, Pairs]:
    found: dict[ArmId | None, list[Pair]] = {}
    for pair in pairs_of_network(facts, network):
        found.setdefault(pair.subnet, []).append(pair)
    return {subnet: tuple(held) for subnet, held in found.items()}


# -- clients ---------------------------------------------------------------------------------------


def client_places(topology: Topology) -> Iterator[Subnet]:
    """The subnets in which machines can live that are clients."""
    return (subnet for subnet in topology.all(Subnet) if _holds_clients(topology, subnet))


def _clients_in(facts: Facts, network: ArmId) -> tuple[Client, ...]:
    topology = facts.topology
    return facts.once(
        "clients in network",
        network,
        lambda: tuple(
            subnet_client(facts, subnet)
            for subnet in topology.subnets_of(network)
            if _holds_clients(topology, subnet)
        ),
    )


def _holds_clients(topology: Topology, subnet: Subnet) -> bool:
    """Whether machines can live in a subnet that are clients of databases."""
    if not is_client_subnet(subnet) or topology.servers_in(subnet.id):
        return False
    if any(one.lower().startswith(_SERVICES) for one in subnet.delegations):
        return False
    nics = topology.nics_in(subnet.id)
    return not nics or any(nic.private_endpoint is None for nic in nics)


# -- the settings file -----------------------------------------------------------------------------


def declared(facts: Facts) -> Pairs:
    """The pairs that the settings file declares; texts that stand for nothing here are left out."""
    if not facts.settings.clients:
        return ()
    return facts.once("declared pairs", "", lambda: tuple(_declared(facts)))


def _declared(facts: Facts) -> Iterator[Pair]:
    for one in facts.settings.clients:
        try:
            client = find_client(facts, one.source)
        except UsageError:
            continue
        for server in _targets(facts, one):
            for part in client.parts:
                alone = msgspec.structs.replace(client, parts=(part,))
                yield Pair(
                    client=alone,
                    server=server,
                    reason=Reason.DECLARED,
                    port=one.port,
                    source=one.source,
                )


def _targets(facts: Facts, client: DeclaredClient) -> Iterator[FlexibleServer]:
    if not client.targets:
        yield from facts.topology.all(FlexibleServer)
    for text in client.targets:
        try:
            yield find_target(facts, text).server
        except UsageError:
            continue
