"""A replica whose network has addresses of the primary's network."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called, not_visible
from pgtopo.checks.scope import injected_replicas
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT706",
    slug="replica-network-overlaps",
    family=Family.SERVER,
    title="Networks of a replica and its primary overlap",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.READ_ONLY,),
    looks_at="The address spaces of the networks of each injected replica and its primary.",
    why="Networks with common addresses cannot be peered, and a packet for such an address never"
    " leaves its own network: replication has no way.",
    client_sees="Old data on the replica.",
    confirm="az network vnet show --ids <network id> <other network id>"
    " --query '[].addressSpace.addressPrefixes'",
    fix="Make the replica anew in a network with addresses of its own:\n"
    "az postgres flexible-server replica create --resource-group <group>"
    " --name <new replica> --source-server <primary id> --vnet <other network>"
    " --subnet <subnet> --private-dns-zone <zone id>",
    unknown_when="One of the two networks or the primary is not in the data.",
    sources=(
        "Networking overview with private access, Replication across regions:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=injected_replicas,
)
def replica_network_overlaps(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether the pair's networks are disjoint, or one and the same."""
    source = facts.topology.get(FlexibleServer, replica.source_server)
    if source is None:
        wanted = replica.source_server or replica.id
        return not_visible(facts, FlexibleServer.KIND, wanted)
    here, there = _network(replica), _network(source)
    if here is None or there is None or here == there:
        return NOT_APPLICABLE
    networks = [facts.topology.get(VirtualNetwork, one) for one in (here, there)]
    for wanted, found in zip((here, there), networks, strict=True):
        if found is None:
            return not_visible(facts, VirtualNetwork.KIND, wanted)
    mine, theirs = (network for network in networks if network is not None)
    common = mine.space & theirs.space
    if not common:
        return OK
    return Fail(
        message=f"Networks {called(facts, here)} of replica {replica.name} and"
        f" {called(facts, there)} of its primary {source.name} share {', '.join(common.cidrs())}.",
        evidence=tuple(
            Evidence(network.id, "properties.addressSpace.addressPrefixes", list(network.prefixes))
            for network in (mine, theirs)
        ),
        related=(source.id, here, there),
    )


def _network(server: FlexibleServer) -> ArmId | None:
    return ancestor(server.subnet, "virtualnetworks") if server.subnet else None
