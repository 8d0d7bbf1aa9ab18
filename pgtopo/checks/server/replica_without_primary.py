"""A replica whose primary does not exist."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called, not_visible
from pgtopo.model.base import RefState
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT712",
    slug="replica-without-primary",
    family=Family.SERVER,
    title="Primary of a replica was not found",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="sourceServerResourceId of every replica, where servers were read in that"
    " subscription.",
    why="A replica without its primary gets no new data. Either the primary was deleted, and the"
    " replica should be promoted, or this login does not see it.",
    client_sees="Old data on the replica.",
    confirm="az postgres flexible-server show --ids <primary id> --query state",
    fix="Promote the replica if the primary is gone for good:\n"
    "az postgres flexible-server replica promote --resource-group <group> --name <replica>"
    " --promote-mode standalone --promote-option forced",
    unknown_when="Servers were not read in the primary's subscription.",
    sources=(
        "Read replicas in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/read-replica/concepts-read-replicas",
    ),
    subject=FlexibleServer,
    over=lambda topology: (s for s in topology.all(FlexibleServer) if s.source_server),
)
def replica_without_primary(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether the primary is in the data."""
    source = replica.source_server
    if source is None or facts.topology.get(FlexibleServer, source) is not None:
        return OK
    if facts.topology.ref(source, FlexibleServer.KIND) is not RefState.DANGLING:
        return not_visible(facts, FlexibleServer.KIND, source)
    return Fail(
        message=f"Replica {replica.name} follows {called(facts, source)}, which is not among the"
        " servers read there.",
        certainty=Certainty.LIKELY,
        evidence=(
            Evidence(
                replica.id,
                "properties.sourceServerResourceId",
                facts.topology.display(source),
            ),
        ),
        related=(source,),
    )
