"""Several zones for private endpoints that each know some of the servers."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import private_link_zone
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import unread
from pgtopo.checks.scope import is_postgres_domain
from pgtopo.model.dns import PrivateZone, RecordSet
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.model.topology import Topology


def _zones(topology: Topology) -> Iterator[PrivateZone]:
    for zone in topology.all(PrivateZone):
        if zone.domain.startswith("privatelink.") and is_postgres_domain(zone.domain):
            yield zone


@check(
    id="PGT909",
    slug="endpoint-zones-split",
    family=Family.ENDPOINT,
    title="Private endpoints are known to one zone and not to its namesakes",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Linked zones called privatelink.postgres.database.azure.com, where there are several:"
    " records for servers with endpoints that another one holds and this one lacks.",
    why="A network can be linked to one of them only. Its clients cannot find the servers whose"
    " records are in another one, not even at their public address.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns record-set a list --resource-group <group>"
    " --zone-name privatelink.postgres.database.azure.com --query '[].name'",
    fix="Keep one zone: bring the missing records over with zone groups, relink the networks, drop"
    " the other zone:\n"
    "az network private-endpoint dns-zone-group create --resource-group <group>"
    " --endpoint-name <endpoint> --name default --private-dns-zone <id of the zone to keep>"
    " --zone-name postgresql",
    unknown_when="There are several such zones and the records of one of them were not read.",
    sources=(
        "Azure private endpoint DNS integration: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-dns-integration",
    ),
    subject=PrivateZone,
    over=_zones,
)
def endpoint_zones_split(facts: Facts, zone: PrivateZone) -> Outcome:
    """Whether the zone holds what its namesakes hold for servers with endpoints."""
    others = [one for one in facts.topology.zones_named(zone.domain) if one.id != zone.id]
    linked = [one for one in others if facts.topology.links_of_zone(one.id)]
    if not linked or not facts.topology.links_of_zone(zone.id):
        return NOT_APPLICABLE
    own = {record.label for record in facts.topology.records_of(zone.id)}
    for other in linked:
        for record in facts.topology.records_of(other.id):
            if record.label not in own and _is_of_server(facts, record):
                return unread(facts, RecordSet.KIND, zone.id) or _fail(facts, zone, record)
    gaps = (unread(facts, RecordSet.KIND, one.id) for one in (zone, *linked))
    return next((gap for gap in gaps if gap is not None), OK)


def _is_of_server(facts: Facts, record: RecordSet) -> bool:
    servers = facts.topology.all(FlexibleServer)
    named = facts.once("servers by name", "", lambda: {s.name.lower(): s for s in servers})
    server = named.get(record.label)
    return (
        record.record_type == "A" and server is not None and (server.mode is Mode.PRIVATE_ENDPOINT)
    )


def _fail(facts: Facts, zone: PrivateZone, record: RecordSet) -> Fail:
    links = facts.topology.links_of_zone(zone.id)
    return Fail(
        message=f"Zone {private_link_zone(facts)} with {len(links)} link(s), first to"
        f" {called(facts, links[0].network)}, lacks {record.label}, which a zone of the same name"
        " holds.",
        evidence=(
            Evidence(record.id, "properties.aRecords", list(record.addresses)),
            Evidence(
                links[0].id,
                "properties.virtualNetwork.id",
                facts.topology.display(links[0].network) if links[0].network else None,
            ),
        ),
        related=(record.zone, *(link.network for link in links[:20] if link.network)),
    )
