"""A server's zone that is not where the server says."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called, not_visible
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.base import RefState
from pgtopo.model.dns import PrivateZone
from pgtopo.model.ids import type_of
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT102",
    slug="zone-not-found",
    family=Family.DNS,
    title="Private zone of a server was not found",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Whether the zone that each injected server names is among the zones that were read"
    " in its subscription.",
    why="Either the zone was deleted, and the server's name leads to nothing, or this login does"
    " not see it, and nothing can be said about the name.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns zone show --ids <zone id> --query name",
    fix="If the zone is gone, make it again, link it to every network that uses the server, and let"
    " the service write its record (high availability has to be off for the change):\n"
    "az network private-dns zone create --resource-group <group> --name <zone>\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --private-dns-zone <zone id>",
    unknown_when="Zones were not read in the zone's subscription.",
    sources=(
        "Networking overview with private access, Use a private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=servers_with_zone,
)
def zone_not_found(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the server's zone is in the data."""
    zone = server.zone
    if zone is None or facts.topology.get(PrivateZone, zone) is not None:
        return OK
    is_zone_id = type_of(zone) == PrivateZone.KIND
    if is_zone_id and facts.topology.ref(zone, PrivateZone.KIND) is not RefState.DANGLING:
        return not_visible(facts, PrivateZone.KIND, zone)
    reason = "is not among the zones read there" if is_zone_id else "is not the id of a zone"
    return Fail(
        message=f"Server {server.name} names zone {called(facts, zone)}, which {reason}.",
        certainty=Certainty.LIKELY if is_zone_id else Certainty.CERTAIN,
        evidence=(
            Evidence(
                server.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(zone),
            ),
        ),
        related=(zone,),
        cause=zone,
    )
