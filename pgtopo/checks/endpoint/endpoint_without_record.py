"""A private endpoint that no private zone knows."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.seen import Absence, absence
from pgtopo.analysis.servers.cloud import private_link_zone
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    Unknown,
    check,
)
from pgtopo.checks.endpoints import addresses_of, statuses, target_of, zone_groups_of
from pgtopo.checks.reading import called, settle, unread
from pgtopo.checks.remedies import endpoints
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.dns import PrivateZone, RecordSet
from pgtopo.model.endpoint import PrivateEndpoint, ZoneGroup
from pgtopo.model.ids import name_of


@check(
    id="PGT904",
    slug="endpoint-without-record",
    family=Family.ENDPOINT,
    title="No private zone holds the address of a private endpoint",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Approved private endpoints without a DNS zone group: whether a linked zone"
    " privatelink.postgres.database.azure.com holds a record of its server with the endpoint's"
    " address.",
    why="The endpoint only helps clients whose DNS gives them its address. Without a record the"
    " server's name leads to its public address, past the endpoint.",
    client_sees="A time-out, or a connection over the internet where the firewall admits it.",
    confirm="az network private-endpoint dns-zone-group list --resource-group <group>"
    " --endpoint-name <endpoint>",
    fix="Let Azure keep the record in a zone that is linked to the clients' networks:\n"
    "az network private-endpoint dns-zone-group create --resource-group <group>"
    " --endpoint-name <endpoint> --name default --private-dns-zone <zone id>"
    " --zone-name postgresql",
    unknown_when="Zone groups, zones or records were not read, or the endpoint's address is not"
    " visible.",
    sources=(
        "Azure private endpoint DNS integration: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-dns-integration",
    ),
    remedy=endpoints.keep_record,
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def endpoint_without_record(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether a zone group or a record makes the endpoint known."""
    if set(statuses(facts, endpoint)) != {"approved"}:
        return NOT_APPLICABLE
    if any(group.zones for group in zone_groups_of(facts, endpoint.id)):
        return OK
    addresses = addresses_of(facts, endpoint)
    records = tuple(_records(facts, endpoint))
    if any(addresses & set(record.addresses) for record in records):
        return OK
    missing = _missing(facts, endpoint, has_address=bool(addresses))
    if missing is not None:
        return missing
    target = target_of(endpoint)
    is_certain = absence(facts, PrivateZone.KIND, endpoint.id) is Absence.CERTAIN
    return Fail(
        message=f"Private endpoint {endpoint.name} of {called(facts, target or endpoint.id)} has no"
        f" zone group, and no linked zone {private_link_zone(facts)} holds its address"
        f" {', '.join(sorted(addresses))}.",
        certainty=Certainty.CERTAIN if is_certain else Certainty.LIKELY,
        evidence=(
            Evidence(endpoint.id, "properties.customDnsConfigs", sorted(addresses)),
            *(Evidence(r.id, "properties.aRecords", list(r.addresses)) for r in records[:5]),
        ),
        related=(target,) if target else (),
    )


def _records(facts: Facts, endpoint: PrivateEndpoint) -> Iterator[RecordSet]:
    """The A records of the endpoint's server in linked zones of private endpoints."""
    target = target_of(endpoint)
    label = name_of(target) if target is not None else None
    for zone in facts.topology.zones_named(private_link_zone(facts)):
        if facts.topology.links_of_zone(zone.id):
            for record in facts.topology.records_of(zone.id):
                if record.record_type == "A" and record.label == label:
                    yield record


def _missing(facts: Facts, endpoint: PrivateEndpoint, *, has_address: bool) -> Unknown | None:
    if not has_address:
        return Unknown(
            message=f"The address of private endpoint {endpoint.name} is not visible.",
            settle_with=settle(facts, PrivateEndpoint.KIND, endpoint.id),
        )
    gap = unread(facts, ZoneGroup.KIND, endpoint.id)
    if gap is not None:
        return gap
    if absence(facts, PrivateZone.KIND, endpoint.id) is Absence.UNREAD:
        return Unknown(
            message=f"Private endpoint {endpoint.name} has no zone group, and private zones were"
            " not read.",
            settle_with="az network private-dns zone list --query \"[?contains(name,'postgres')]\"",
        )
    zones = facts.topology.zones_named(private_link_zone(facts))
    gaps = (unread(facts, RecordSet.KIND, zone.id) for zone in zones)
    return next((one for one in gaps if one is not None), None)
