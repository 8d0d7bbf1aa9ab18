"""A server's zone whose name is the public name of a server."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import suffix
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.ids import name_of
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT108",
    slug="zone-named-like-server",
    family=Family.DNS,
    title="Private zone of a server has the name of a server",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The first label of each server's zone, where one label stands before the suffix,"
    " against the names of all servers seen.",
    why="A zone <server>.postgres.database.azure.com takes over the public name of that server"
    " in every linked network and has no record for the name itself, so the name stops resolving."
    " The service refuses such a zone when it notices.",
    client_sees="could not translate host name; deployments fail with PrivateDnsZoneNameNotValid",
    confirm="az postgres flexible-server list --query \"[?name=='<first label of zone>'].id\"",
    fix="Use a zone with a label of its own, such as <server>.private.postgres.database.azure.com,"
    " link it like the old one, then switch (high availability has to be off for the change):\n"
    "az postgres flexible-server update --resource-group <group> --name <server>"
    " --private-dns-zone <new zone id>",
    unknown_when="Never: names that were seen are compared; a server out of sight cannot be.",
    sources=(
        "Networking overview with private access, Use a private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=servers_with_zone,
)
def zone_named_like_server(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the zone is called like any server's public name."""
    if server.zone is None:
        return OK
    head, dot, rest = name_of(server.zone).rstrip(".").partition(".")
    named = _by_name(facts).get(head) if dot and rest == suffix(facts) else None
    if named is None:
        return OK
    who = "the server itself" if named.id == server.id else f"server {named.name}"
    return Fail(
        message=f"Zone {called(facts, server.zone)} of server {server.name} has the public name"
        f" of {who}.",
        evidence=(
            Evidence(
                server.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(server.zone),
            ),
            Evidence(named.id, "name", named.name),
        ),
        related=(server.zone, named.id),
        cause=server.zone,
    )


def _by_name(facts: Facts) -> dict[str, FlexibleServer]:
    servers = facts.topology.all(FlexibleServer)
    return facts.once("servers by name", "", lambda: {s.name.lower(): s for s in servers})
