"""A replica that does not follow its primary."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer

_STATE = "properties.replica.replicationState"
_SLOW = ("catchup", "reconfiguring")


@check(
    id="PGT705",
    slug="replication-broken",
    family=Family.SERVER,
    title="Replica does not follow its primary",
    severity=Severity.ERROR,
    grading="Error for Broken; a likely warning for Catchup and Reconfiguring, which are fine for"
    " a while only.",
    since="0.1",
    symptoms=(Symptom.READ_ONLY,),
    looks_at="The replicationState that every replica states about itself.",
    why="A broken replica serves old data and cannot be promoted without loss. A lost network path"
    " between the two servers is a common cause.",
    client_sees="Old data on the replica.",
    confirm="az postgres flexible-server show --resource-group <group> --name <replica>"
    " --query replica",
    fix="Open 5432 both ways between the two subnets and 443 to Storage of both regions. A replica"
    " that stays broken has to be made anew:\n"
    "az postgres flexible-server replica create --resource-group <group>"
    " --name <new replica> --source-server <primary id>",
    unknown_when="The replica's row states no replicationState.",
    sources=(
        "Read replicas in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/read-replica/concepts-read-replicas",
    ),
    subject=FlexibleServer,
    over=lambda topology: (s for s in topology.all(FlexibleServer) if s.is_replica),
)
def replication_broken(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether replication is active."""
    state = replica.replication_state.lower()
    if not state:
        return Unknown(
            message=f"Replica {replica.name} does not state how its replication stands.",
            settle_with=settle(facts, FlexibleServer.KIND, replica.id),
        )
    if state != "broken" and state not in _SLOW:
        return OK
    is_broken = state == "broken"
    return Fail(
        message=f"Replication to {replica.name} is {replica.replication_state}.",
        severity=Severity.ERROR if is_broken else Severity.WARNING,
        certainty=Certainty.CERTAIN if is_broken else Certainty.LIKELY,
        evidence=(Evidence(replica.id, _STATE, replica.replication_state),),
        related=(replica.source_server,) if replica.source_server else (),
    )
