"""A server's zone that holds no address in the server's subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.spaces import space_gap
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
from pgtopo.checks.reading import called, not_visible, space_unknown, unread
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.dns import PrivateZone, RecordSet
from pgtopo.model.net import parse_address
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT110",
    slug="zone-without-server-record",
    family=Family.DNS,
    title="Private zone holds no record for its server",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The A records of the zone of each server that is Ready: whether any of them holds an"
    " address in the server's subnet. The labels are random, so addresses are compared.",
    why="The server's public name is an alias for a label in this zone. Without an address there"
    " the lookup ends in nothing, although zone and links are in order.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns record-set a list --resource-group <group> --zone-name <zone>"
    " --query '[].[name,aRecords[].ipv4Address]'",
    fix="Let the service write its record again by setting the zone once more (not while high"
    " availability is on):\naz postgres flexible-server update --resource-group <group>"
    " --name <server> --private-dns-zone <zone id>\nLook for a lock on the zone first: it stops"
    " the service from writing. The record that is wanted has the label of the canonical name"
    " that this shows:\nnslookup -debug <server>.postgres.database.azure.com",
    unknown_when="The zone's records or the server's subnet were not read, or the subnet's prefix"
    " cannot be read.",
    sources=(
        "Networking overview with private access, Use a private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=servers_with_zone,
)
def zone_without_server_record(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether some record of the zone points into the server's subnet."""
    if server.state.lower() != "ready" or server.zone is None or server.subnet is None:
        return NOT_APPLICABLE
    subnet = facts.topology.get(Subnet, server.subnet)
    if subnet is None:
        return not_visible(facts, Subnet.KIND, server.subnet)
    records = facts.topology.records_of(server.zone)
    if any(_points_into(record, subnet) for record in records):
        return OK
    missing = unread(facts, RecordSet.KIND, server.zone)
    if missing is not None:
        return missing
    if facts.topology.get(PrivateZone, server.zone) is None:
        return not_visible(facts, PrivateZone.KIND, server.zone)
    gap = space_gap(facts, subnet)
    if gap is not None:
        return space_unknown(facts, subnet, gap)
    return Fail(
        message=f"Zone {called(facts, server.zone)} has no address in subnet"
        f" {called(facts, subnet.id)}, where server {server.name} lives.",
        evidence=(
            Evidence(
                server.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(server.zone),
            ),
            Evidence(server.id, "properties.state", server.state),
            *(
                Evidence(record.id, "properties.aRecords", list(record.addresses))
                for record in records[:5]
                if record.record_type == "A"
            ),
        ),
        related=(server.zone, subnet.id),
        cause=server.zone,
    )


def _points_into(record: RecordSet, subnet: Subnet) -> bool:
    found = (parse_address(text) for text in record.addresses)
    return any(value is not None and value in subnet.space for value in found)
