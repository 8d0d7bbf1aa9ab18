"""High availability that is switched on and not healthy."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer

_BUSY = (
    "creatingstandby",
    "replicatingdata",
    "failingover",
    "removingstandby",
    "recreatingstandby",
    "computeupdatingbyfailover",
)


@check(
    id="PGT702",
    slug="standby-not-healthy",
    family=Family.SERVER,
    title="High availability is switched on and not healthy",
    severity=Severity.ERROR,
    grading="Warning while the standby is being made, filled or switched to; error otherwise.",
    since="0.1",
    symptoms=(Symptom.DROPPED,),
    looks_at="highAvailability.state of every server with high availability.",
    why="Only a Healthy standby takes over when the primary fails. In any other state the server"
    " runs alone, and a failure means an outage.",
    client_sees="Nothing until the primary fails; during a failover, sessions are cut off.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query highAvailability",
    fix="Wait while the standby is being made. If it stays away, look at port 5432 within the"
    " subnet and at the way to Storage first, then switch high availability off and on:\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --zonal-resiliency Disabled\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --zonal-resiliency Enabled",
    unknown_when="The server's row names a mode and no state.",
    sources=(
        "High availability in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/high-availability/concepts-high-availability",
    ),
    subject=FlexibleServer,
    over=lambda topology: (s for s in topology.all(FlexibleServer) if s.has_ha),
)
def standby_not_healthy(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the standby is Healthy."""
    state = server.ha_state.lower()
    if state == "healthy":
        return OK
    if not state:
        return Unknown(
            message=f"Server {server.name} has high availability {server.ha_mode} and does not"
            " state how it stands.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    path = "haState" if server.is_preview_body else "highAvailability.state"
    mode = "haEnabled" if server.is_preview_body else "highAvailability.mode"
    return Fail(
        message=f"Server {server.name} has high availability {server.ha_mode}, which is"
        f" {server.ha_state}.",
        severity=Severity.WARNING if state in _BUSY else Severity.ERROR,
        evidence=(
            Evidence(server.id, f"properties.{path}", server.ha_state),
            Evidence(server.id, f"properties.{mode}", server.ha_mode),
        ),
    )
