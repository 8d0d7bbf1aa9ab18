"""A zone with the name of the service's whole name space."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import SUFFIXES
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called, unread
from pgtopo.checks.remedies import links
from pgtopo.model.dns import PrivateZone, ZoneLink
from pgtopo.model.topology import Topology


def _bare_zones(topology: Topology) -> Iterator[PrivateZone]:
    for domain in SUFFIXES.values():
        yield from topology.zones_named(domain)


@check(
    id="PGT109",
    slug="zone-shadows-service-suffix",
    family=Family.DNS,
    title="Private zone takes over the names of all servers",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Private zones that are called postgres.database.azure.com and nothing else, and the"
    " networks linked to them.",
    why="In a linked network this zone answers for the name of every flexible server of the world,"
    " with no such name unless it holds a record, and public DNS is not asked any more.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns link vnet list --resource-group <group>"
    " --zone-name postgres.database.azure.com --query '[].virtualNetwork.id'",
    fix="Take the links away once the servers' own zones are linked to those networks:\n"
    "az network private-dns link vnet delete --resource-group <group>"
    " --zone-name postgres.database.azure.com --name <link>",
    unknown_when="No link of such a zone is in the data and its links were not read.",
    sources=(
        "Azure DNS Private Resolver, DNS resolution process:"
        " https://learn.microsoft.com/azure/dns/dns-private-resolver-overview",
    ),
    remedy=links.delete_links,
    subject=PrivateZone,
    over=_bare_zones,
)
def zone_shadows_service_suffix(facts: Facts, zone: PrivateZone) -> Outcome:
    """Whether any network sees the zone."""
    links = facts.topology.links_of_zone(zone.id)
    if not links:
        return unread(facts, ZoneLink.KIND, zone.id) or OK
    networks = [link.network for link in links if link.network]
    names = ", ".join(called(facts, network) for network in networks[:5])
    many = "network" if len(links) == 1 else "networks"
    return Fail(
        message=f"Zone {zone.name} takes over the name of every server in {len(links):,} linked"
        f" {many}: {names}.",
        evidence=tuple(
            Evidence(
                link.id,
                "properties.virtualNetwork.id",
                facts.topology.display(link.network) if link.network else None,
            )
            for link in links[:5]
        ),
        related=tuple(networks),
    )
