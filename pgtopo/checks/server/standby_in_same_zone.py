"""A zone-redundant standby in the primary's own zone."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT703",
    slug="standby-in-same-zone",
    family=Family.SERVER,
    title="Zone-redundant standby is in the primary's zone",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="availabilityZone and standbyAvailabilityZone of servers with zone-redundant high"
    " availability.",
    why="Both copies in one zone fail together. Azure keeps them apart, so data that shows this"
    " contradicts itself.",
    client_sees="Nothing until the zone fails.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query '[availabilityZone,highAvailability]'",
    fix="Collect again. If it stands, make the standby anew in another zone:\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --zonal-resiliency Disabled\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --zonal-resiliency Enabled --standby-zone <other zone>",
    unknown_when="One of the two zones is not stated, as in regions without zones.",
    sources=(
        "High availability in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/high-availability/concepts-high-availability",
    ),
    subject=FlexibleServer,
    over=lambda topology: (
        s for s in topology.all(FlexibleServer) if s.ha_mode.lower() == "zoneredundant"
    ),
)
def standby_in_same_zone(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether primary and standby are in different zones."""
    if not server.availability_zone or not server.standby_zone:
        return Unknown(
            message=f"Server {server.name} is zone-redundant and does not state both zones.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
        )
    if server.availability_zone != server.standby_zone:
        return OK
    return Fail(
        message=f"Server {server.name} and its zone-redundant standby are both in zone"
        f" {server.standby_zone}.",
        evidence=(
            Evidence(server.id, "properties.availabilityZone", server.availability_zone),
            Evidence(
                server.id,
                "properties.highAvailability.standbyAvailabilityZone",
                server.standby_zone,
            ),
        ),
    )
