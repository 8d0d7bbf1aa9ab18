"""A peering that refuses what an appliance forwards between clients and servers."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.intent import servers_at
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, judged
from pgtopo.checks.pairs import Pair, pairs_of_network, pairs_to
from pgtopo.checks.remedies import peerings
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Peering
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology

_CODES = frozenset({"FORWARDED_TRAFFIC_REFUSED"})
_WANTED = Wanted(
    stages=(Stage.PEERING, Stage.TRANSIT, Stage.RETURN_ROUTE), blocked=_CODES, unknown=_CODES
)


def _refusing(topology: Topology) -> Iterator[Peering]:
    """The halves of peerings that take in no forwarded traffic."""
    return (half for half in topology.all(Peering) if not half.allows_forwarded)


@check(
    id="PGT505",
    slug="forwarded-traffic-refused",
    family=Family.PEERING,
    title="Peering refuses forwarded traffic between clients and servers",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Peerings with allowForwardedTraffic off on the receiving side, where the path "
    "of a client to a server, or its answers, come through an appliance in the other network.",
    why="Packets that an appliance in the hub passes on did not begin in the hub. A spoke "
    "takes them in only if its own half of the peering allows forwarded traffic.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering show --resource-group <group> --vnet-name <receiving "
    "network> --name <peering> --query allowForwardedTraffic",
    fix="az network vnet peering update --resource-group <group> --vnet-name <receiving "
    "network> --name <peering> --set allowForwardedTraffic=true",
    unknown_when="A rule that names the senders may admit them nevertheless, or the "
    "appliance may translate their addresses.",
    sources=(
        "Virtual network peering: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-network-peering-overview",
    ),
    remedy=peerings.accept_forwarded,
    subject=Peering,
    over=_refusing,
)
def forwarded_traffic_refused(facts: Facts, peering: Peering) -> Outcome:
    """Whether the peering stops an intended pair, one finding per client and server."""
    return judged(
        facts,
        tuple(_concerned(facts, peering.network)),
        _WANTED,
        severity=Severity.ERROR,
        key=lambda trouble: f"{trouble.pair.end} {trouble.pair.server.id}",
        test=lambda trouble: _decider(trouble) == peering.id,
    )


def _decider(trouble: Trouble) -> ArmId | None:
    return trouble.step.decided_by.resource if trouble.step.decided_by is not None else None


def _concerned(facts: Facts, network: ArmId) -> Iterator[Pair]:
    """The pairs with the client or the server behind the peering."""
    yield from pairs_of_network(facts, network)
    for server_id in dict.fromkeys(servers_at(facts, [network])):
        server = facts.topology.get(FlexibleServer, server_id)
        pairs = pairs_to(facts, server) if server is not None else ()
        yield from (pair for pair in pairs if pair.network != network)
