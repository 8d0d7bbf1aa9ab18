"""A replica and its primary whose networks have no way to each other."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.service_needs import Need
from pgtopo.checks.base import NOT_APPLICABLE, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import not_visible
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import injected_replicas
from pgtopo.checks.server_needs import PATHS, judged
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT514",
    slug="replica-without-path",
    family=Family.PEERING,
    title="No network path between a replica and its primary",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.READ_ONLY,),
    looks_at="The way of TCP 5432 in both directions between the subnets of each injected replica"
    " and its primary: peerings, routes, appliances, the way back.",
    why="Replication across networks needs a path both ways: a peering of the two networks, or"
    " routes over a hub. A linked DNS zone does not make one.",
    client_sees="Old data on the replica.",
    confirm="az network vnet peering list --resource-group <group> --vnet-name <primary's network>"
    " --query '[].[remoteVirtualNetwork.id,peeringState]'",
    fix="Peer the two networks, from both sides:\n"
    "az network vnet peering create --resource-group <group> --vnet-name <primary's network>"
    " --name <peering> --remote-vnet <replica's network id> --allow-vnet-access\n"
    "az network vnet peering create --resource-group <group> --vnet-name <replica's network>"
    " --name <peering> --remote-vnet <primary's network id> --allow-vnet-access",
    unknown_when="The primary or one of the networks is not in the data, or an appliance or a"
    " learned route decides.",
    sources=(
        "Networking overview with private access, Replication across regions:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    remedy=peerings.join_replica,
    subject=FlexibleServer,
    over=injected_replicas,
)
def replica_without_path(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether routes and peerings carry 5432 both ways between the pair, one answer each."""
    source = replica.source_server
    if source is None:
        return NOT_APPLICABLE
    if facts.topology.get(FlexibleServer, source) is None:
        return not_visible(facts, FlexibleServer.KIND, source)
    return judged(
        facts,
        replica,
        lambda flow: flow.need is Need.REPLICATION and flow.peer == source,
        stages=PATHS,
    )
