"""A zone that can hardly be linked to further networks."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.scope import postgres_zones
from pgtopo.checks.zone_limits import near_limit
from pgtopo.model.dns import PrivateZone, ZoneLink


@check(
    id="PGT114",
    slug="zone-links-near-limit",
    family=Family.DNS,
    title="Zone of servers has almost as many links as it may have",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The number of virtual network links of zones that hold servers' names, from the"
    " zone's counter and from the links seen, against the zone's limit.",
    why="At the limit the next network cannot be linked, and its clients cannot resolve the"
    " servers in the zone.",
    client_sees="Clients of the next network: could not translate host name",
    confirm="az network private-dns zone show --resource-group <group> --name <zone>"
    " --query '[numberOfVirtualNetworkLinks,maxNumberOfVirtualNetworkLinks]'",
    fix="Let networks share a DNS private resolver in a hub that is linked to the zone, then remove"
    " their own links:\n"
    "az network vnet update --resource-group <group> --name <network>"
    " --dns-servers <inbound endpoint address>\n"
    "az network private-dns link vnet delete --resource-group <group> --zone-name <zone>"
    " --name <link>",
    unknown_when="The zone states no counter and its links were not read.",
    sources=(
        "Azure DNS limits: https://learn.microsoft.com/azure/azure-resource-manager/management/"
        "azure-subscription-service-limits",
    ),
    subject=PrivateZone,
    over=postgres_zones,
)
def zone_links_near_limit(facts: Facts, zone: PrivateZone) -> Outcome:
    """Whether nine tenths of the zone's links are used."""
    return near_limit(facts, zone, "links", ZoneLink.KIND, (zone.links, zone.max_links))
