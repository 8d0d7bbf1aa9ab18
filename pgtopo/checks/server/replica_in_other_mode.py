"""A replica that is reached in another way than its primary."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import not_visible, settle
from pgtopo.model.server import FlexibleServer, Mode


@check(
    id="PGT713",
    slug="replica-in-other-mode",
    family=Family.SERVER,
    title="Replica and primary have different network modes",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Whether each replica and its primary are both in a virtual network, or both outside.",
    why="After a promotion clients go to the other server. If that one is reached over another kind"
    " of network, clients that worked before do not get through.",
    client_sees="Time-outs after a promotion.",
    confirm="az postgres flexible-server show --ids <primary id> <replica id>"
    " --query '[].network.delegatedSubnetResourceId'",
    fix="The mode of a server is chosen for good. Make a replica in the primary's mode and drop the"
    " other one:\naz postgres flexible-server replica create --resource-group <group>"
    " --name <new replica> --source-server <primary id>",
    unknown_when="The primary is not in the data, or the mode of one of them cannot be told.",
    sources=(
        "Read replicas in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/read-replica/concepts-read-replicas",
    ),
    subject=FlexibleServer,
    over=lambda topology: (s for s in topology.all(FlexibleServer) if s.source_server),
)
def replica_in_other_mode(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether the pair shares a network mode."""
    wanted = replica.source_server or replica.id
    source = facts.topology.get(FlexibleServer, wanted)
    if source is None:
        return not_visible(facts, FlexibleServer.KIND, wanted)
    for server in (replica, source):
        if server.mode is Mode.UNKNOWN:
            return Unknown(
                message=f"Server {server.name} does not tell its network mode.",
                settle_with=settle(facts, FlexibleServer.KIND, server.id),
                related=(server.id,),
            )
    if (replica.mode is Mode.VNET) == (source.mode is Mode.VNET):
        return OK
    words = {True: "in a virtual network", False: "outside virtual networks"}
    return Fail(
        message=f"Replica {replica.name} is {words[replica.mode is Mode.VNET]}, its primary"
        f" {source.name} is {words[source.mode is Mode.VNET]}.",
        evidence=tuple(
            Evidence(
                server.id,
                "properties.network.delegatedSubnetResourceId",
                facts.topology.display(server.subnet) if server.subnet else None,
            )
            for server in (replica, source)
        ),
        related=(source.id,),
    )
