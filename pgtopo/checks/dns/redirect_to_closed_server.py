"""A link that falls back to public DNS for a server without public access."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.endpoints import zone_groups_of
from pgtopo.checks.reading import called, unread
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import postgres_links
from pgtopo.model.dns import RecordSet, ZoneLink
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.model.topology import Topology


def _redirecting(topology: Topology) -> Iterator[ZoneLink]:
    for link in postgres_links(topology):
        if link.resolution_policy.lower() == "nxdomainredirect":
            yield link


@check(
    id="PGT125",
    slug="redirect-to-closed-server",
    family=Family.DNS,
    title="Names missing in the zone fall back to a public address that is closed",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Links with the resolution policy NxDomainRedirect of zones that serve a server whose"
    " public access is off.",
    why="When the server's record is missing, a client gets the public address instead of an error,"
    " and then waits for a server that lets nobody in there. The real fault, the missing record,"
    " is hidden behind a time-out.",
    client_sees='connection to server at "<server>" (<public address>) failed: timeout expired',
    confirm="az network private-dns link vnet show --resource-group <group> --zone-name <zone>"
    " --name <link> --query resolutionPolicy",
    fix="az network private-dns link vnet update --resource-group <group> --zone-name <zone>"
    " --name <link> --resolution-policy Default",
    unknown_when="No server is seen to use the zone and its records were not read.",
    sources=(
        "Fallback to internet for Azure Private DNS zones:"
        " https://learn.microsoft.com/azure/dns/private-dns-fallback",
    ),
    remedy=links.stop_redirect,
    subject=ZoneLink,
    over=_redirecting,
)
def redirect_to_closed_server(facts: Facts, link: ZoneLink) -> Outcome:
    """Whether a server that is closed to the public uses the zone."""
    server = next(_closed_servers(facts, link), None)
    if server is None:
        return unread(facts, RecordSet.KIND, link.zone) or OK
    network = called(facts, link.network) if link.network else "its network"
    return Fail(
        message=f"Link {link.name} of zone {called(facts, link.zone)} to {network} falls back to"
        f" public DNS; server {server.name} has public access {server.public_access}.",
        evidence=(
            Evidence(link.id, "properties.resolutionPolicy", link.resolution_policy),
            Evidence(server.id, "properties.network.publicNetworkAccess", server.public_access),
        ),
        related=tuple(one for one in (server.id, link.zone, link.network) if one),
    )


def _closed_servers(facts: Facts, link: ZoneLink) -> Iterator[FlexibleServer]:
    """Servers with endpoints only that have a record or a zone group in the link's zone."""
    labels = {record.label for record in facts.topology.records_of(link.zone)}
    for server in facts.topology.all(FlexibleServer):
        is_closed = server.public_access.lower() == "disabled"
        if server.mode is not Mode.PRIVATE_ENDPOINT or not is_closed:
            continue
        groups = (
            group
            for endpoint in facts.topology.endpoints_of(server.id)
            for group in zone_groups_of(facts, endpoint.id)
        )
        if server.name.lower() in labels or any(link.zone in group.zones for group in groups):
            yield server
