"""An injected server whose zone does not lie under the service's name space."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import suffix
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    check,
)
from pgtopo.checks.reading import called
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.ids import name_of
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT107",
    slug="zone-name-without-service-suffix",
    family=Family.DNS,
    title="Private zone of a server does not end in the service's suffix",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The name of the zone that an injected server names, as its id spells it.",
    why="The service only accepts and maintains zones whose name ends in"
    " .postgres.database.azure.com. In any other zone it does not keep the server's record, and"
    " updates of the server are refused.",
    client_sees="could not translate host name; deployments fail with PrivateDnsZoneNameNotValid",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query network.privateDnsZoneArmResourceId",
    fix="Make a zone with a fitting name, link it to every network that uses the server, and give"
    " it to the server (with high availability switched off for the change):\n"
    "az network private-dns zone create --resource-group <group>"
    " --name <name>.private.postgres.database.azure.com\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --private-dns-zone <new zone id>",
    unknown_when="Never: the zone's id in the server's row holds the name.",
    sources=(
        "Networking overview with private access, Use a private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=servers_with_zone,
)
def zone_name_without_service_suffix(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the zone's name ends in a dot and the suffix of the cloud."""
    if server.zone is None or "/privatednszones/" not in server.zone:
        return NOT_APPLICABLE
    domain = name_of(server.zone).rstrip(".")
    if domain.endswith("." + suffix(facts)):
        return OK
    return Fail(
        message=f"Server {server.name} keeps its name in zone {called(facts, server.zone)},"
        f" which does not end in .{suffix(facts)}.",
        evidence=(
            Evidence(
                server.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(server.zone),
            ),
        ),
        related=(server.zone,),
        cause=server.zone,
    )
