"""A zone that can hardly hold further records."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.scope import postgres_zones
from pgtopo.checks.zone_limits import near_limit
from pgtopo.model.dns import PrivateZone, RecordSet


@check(
    id="PGT115",
    slug="zone-records-near-limit",
    family=Family.DNS,
    title="Zone of servers has almost as many records as it may have",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The number of record sets of zones that hold servers' names, from the zone's counter"
    " and from the records seen, against the zone's limit.",
    why="At the limit the service cannot write the record of the next server, nor of one that was"
    " made anew.",
    client_sees='could not translate host name "<new server>" to address',
    confirm="az network private-dns zone show --resource-group <group> --name <zone>"
    " --query '[numberOfRecordSets,maxNumberOfRecordSets]'",
    fix="Delete records nobody needs, above all those of machines that registered themselves:\n"
    "az network private-dns record-set a delete --resource-group <group> --zone-name <zone>"
    " --name <label>",
    unknown_when="The zone states no counter and its records were not read.",
    sources=(
        "Azure DNS limits: https://learn.microsoft.com/azure/azure-resource-manager/management/"
        "azure-subscription-service-limits",
    ),
    subject=PrivateZone,
    over=postgres_zones,
)
def zone_records_near_limit(facts: Facts, zone: PrivateZone) -> Outcome:
    """Whether nine tenths of the zone's records are used."""
    return near_limit(facts, zone, "records", RecordSet.KIND, (zone.records, zone.max_records))
