"""A lock that keeps the service from writing a server's record."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.locks import lock_evidence, locks_inside, locks_over
from pgtopo.checks.reading import unread
from pgtopo.checks.remedies import servers
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.governance import Lock
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT001",
    slug="zone-locked",
    family=Family.GOVERNANCE,
    title="Lock on a server's private zone stops updates of its record",
    severity=Severity.WARNING,
    grading="Error for servers with high availability, else warning.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.NAME_NOT_FOUND),
    looks_at="CanNotDelete and ReadOnly locks on the zone of each injected server, on its record"
    " sets, and on the resource group and subscription around it.",
    why="At a failover the service deletes the server's record and writes the new address. A lock"
    " stops it, and clients go on to be sent to the failed server. Locks are inherited: one on"
    " the subscription does the same.",
    client_sees='After a failover: connection to server at "<server>" (<old address>) timed out',
    confirm="az lock list --resource-group <zone's group> --query '[].[name,level,id]'",
    fix="Take the lock off, or move the zone to a resource group without locks:\n"
    "az lock delete --ids <lock id>",
    unknown_when="Locks were not read in the zone's subscription.",
    sources=(
        "Networking overview with private access, Unsupported scenarios and DNS:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    remedy=servers.take_lock_off,
    subject=FlexibleServer,
    over=servers_with_zone,
)
def zone_locked(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether any lock covers the server's zone or a record in it, one finding per lock."""
    if server.zone is None:
        return NOT_APPLICABLE
    locks = [*locks_over(facts, server.zone), *locks_inside(facts, server.zone)]
    found = tuple(_fail(facts, server, lock) for lock in locks)
    return found or unread(facts, Lock.KIND, server.zone) or OK


def _fail(facts: Facts, server: FlexibleServer, lock: Lock) -> Fail:
    zone = server.zone or server.id
    return Fail(
        message=f"Lock {lock.name} ({lock.level}) on {called(facts, lock.scope)} covers zone"
        f" {called(facts, zone)} of server {server.name}.",
        severity=Severity.ERROR if server.has_ha else Severity.WARNING,
        evidence=(
            lock_evidence(lock),
            Evidence(
                server.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(zone),
            ),
        ),
        related=(lock.id, zone),
        discriminator=lock.id,
        cause=lock.id,
    )
