"""A record of a server that clients may keep for long."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import postgres_records
from pgtopo.model.dns import RecordSet
from pgtopo.model.ids import name_of

_LONGEST_S = 300


@check(
    id="PGT126",
    slug="record-kept-too-long",
    family=Family.DNS,
    title="Record of a server may be kept for more than five minutes",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.REFUSED),
    looks_at="The time to live of A records in zones that hold the names of injected servers.",
    why="At a failover the record gets a new address. Clients and DNS servers keep the old one for"
    " as long as the record allows; the service itself writes 30 seconds.",
    client_sees="Time-outs or refusals after a failover, for as long as the record is kept.",
    confirm="az network private-dns record-set a show --resource-group <group>"
    " --zone-name <zone> --name <label> --query ttl",
    fix="az network private-dns record-set a update --resource-group <group> --zone-name <zone>"
    " --name <label> --set ttl=30",
    unknown_when="Never: a record without a stated time is as the service writes it.",
    sources=(
        "High availability in Azure Database for PostgreSQL: https://learn.microsoft.com/azure/"
        "postgresql/high-availability/concepts-high-availability",
    ),
    remedy=links.shorten_ttl,
    subject=RecordSet,
    over=postgres_records,
)
def record_kept_too_long(facts: Facts, record: RecordSet) -> Outcome:
    """Whether the record may be kept for five minutes at most."""
    if record.record_type != "A" or record.is_auto_registered:
        return NOT_APPLICABLE
    is_of_endpoints = name_of(record.zone).startswith("privatelink.")
    if is_of_endpoints and not facts.topology.servers_of_zone(record.zone):
        return NOT_APPLICABLE  # the address of an endpoint does not change at a failover
    if record.ttl is None or record.ttl <= _LONGEST_S:
        return OK
    return Fail(
        message=f"Record {record.label} in zone {called(facts, record.zone)} may be kept for"
        f" {record.ttl} seconds.",
        evidence=(Evidence(record.id, "properties.ttl", record.ttl),),
        related=(record.zone,),
    )
