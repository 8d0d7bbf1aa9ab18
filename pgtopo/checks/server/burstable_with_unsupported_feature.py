"""A Burstable server with something that tier does not offer."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import settle
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT709",
    slug="burstable-with-unsupported-feature",
    family=Family.SERVER,
    title="Burstable server is meant to do what that tier does not offer",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.REFUSED,),
    looks_at="Servers of the tier Burstable: high availability, replicas, PgBouncer switched on.",
    why="None of the three exists on Burstable. A client that is configured for port 6432 is"
    " refused, a replica cannot be made, and nothing takes over when the server fails.",
    client_sees='connection to server at "<server>", port 6432 failed: Connection refused',
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query '[sku,highAvailability,replicationRole]'",
    fix="az postgres flexible-server update --resource-group <group> --name <server>"
    " --tier GeneralPurpose --sku-name <sku>",
    unknown_when="The server's row does not state its tier.",
    sources=(
        "PgBouncer in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/postgresql/"
        "connectivity/concepts-pgbouncer",
        "Read replicas in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/read-replica/concepts-read-replicas",
    ),
    subject=FlexibleServer,
)
def burstable_with_unsupported_feature(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether a Burstable server asks for more than its tier has, one finding per feature."""
    tier = server.tier.lower()
    if tier == "burstable":
        return tuple(_features(facts, server)) or OK
    if tier:
        return OK
    return Unknown(
        message=f"Server {server.name} does not state its tier.",
        settle_with=settle(facts, FlexibleServer.KIND, server.id),
    )


def _features(facts: Facts, server: FlexibleServer) -> Iterator[Fail]:
    if server.has_ha:
        path = "properties.highAvailability.mode"
        yield _fail(server, "high availability", Evidence(server.id, path, server.ha_mode))
    if server.is_replica:
        path = "properties.replicationRole"
        yield _fail(server, "replication", Evidence(server.id, path, server.role))
    for replica in facts.topology.replicas_of(server.id)[:1]:
        shown = facts.topology.display(server.id)
        evidence = Evidence(replica.id, "properties.sourceServerResourceId", shown)
        yield _fail(server, "replicas", evidence)
    pooler = facts.topology.parameter(server.id, "pgbouncer.enabled")
    if pooler is not None and pooler.value.lower() in ("true", "on", "1"):
        yield _fail(server, "PgBouncer", Evidence(pooler.id, "properties.value", pooler.value))


def _fail(server: FlexibleServer, feature: str, evidence: Evidence) -> Fail:
    return Fail(
        message=f"Server {server.name} is Burstable, which does not offer {feature}.",
        evidence=(evidence,),
        related=(evidence.resource,),
        discriminator=feature.lower(),
    )
