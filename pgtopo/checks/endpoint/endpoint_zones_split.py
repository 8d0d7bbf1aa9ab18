"""Several zones for private endpoints that each know some of the servers."""

from collections.abc import Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import private_link_zone
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    check,
)
from pgtopo.checks.intent import meant_by
from pgtopo.checks.reading import unread
from pgtopo.checks.scope import is_postgres_domain
from pgtopo.model.dns import PrivateZone, RecordSet, ZoneLink
from pgtopo.model.ids import ArmId
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
    grading="A likely warning where a network linked to the zone is joined with the endpoint's"
    " network; info where none is, since a zone per region or team may be on purpose.",
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Linked zones called privatelink.postgres.database.azure.com, where there are several:"
    " records for servers with endpoints that another one holds and this one lacks, and whether"
    " networks linked here are peered or connected with such an endpoint's network.",
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
    lacking = sorted(_lacking(facts, zone, linked), key=lambda one: one.grade)
    if lacking:
        return unread(facts, RecordSet.KIND, zone.id) or _fail(facts, zone, lacking[0])
    gaps = (unread(facts, RecordSet.KIND, one.id) for one in (zone, *linked))
    return next((gap for gap in gaps if gap is not None), OK)


class _Lack(msgspec.Struct, frozen=True):
    """A record that a namesake holds, and a linked network that misses it."""

    grade: int
    """0 where a linked network is meant to reach the endpoint, 1 where it loses the public way, 2
    where the networks never meet."""
    record: RecordSet
    link: ZoneLink


def _lacking(facts: Facts, zone: PrivateZone, others: list[PrivateZone]) -> Iterator[_Lack]:
    own = {record.label for record in facts.topology.records_of(zone.id)}
    links = facts.topology.links_of_zone(zone.id)
    meaning = _meaning(facts, links)
    for other in others:
        for record in facts.topology.records_of(other.id):
            server = _server_of(facts, record)
            if server is None or record.label in own:
                continue
            client = meaning.get(server.id)
            if client is not None:
                yield _Lack(0, record, client)
            else:
                is_open = server.public_access.lower() == "enabled"
                yield _Lack(1 if is_open else 2, record, links[0])


def _meaning(facts: Facts, links: list[ZoneLink]) -> dict[ArmId, ZoneLink]:
    """The first link of a network that is meant to reach a server, by server."""
    found: dict[ArmId, ZoneLink] = {}
    for link in links:
        for server in meant_by(facts, link.network) if link.network else ():
            found.setdefault(server, link)
    return found


def _server_of(facts: Facts, record: RecordSet) -> FlexibleServer | None:
    """The server with an endpoint that an A record names."""
    servers = facts.topology.all(FlexibleServer)
    named = facts.once("servers by name", "", lambda: {s.name.lower(): s for s in servers})
    server = named.get(record.label) if record.record_type == "A" else None
    return server if server is not None and server.mode is Mode.PRIVATE_ENDPOINT else None


def _fail(facts: Facts, zone: PrivateZone, lack: _Lack) -> Fail:
    links = facts.topology.links_of_zone(zone.id)
    network = lack.link.network
    many = "link" if len(links) == 1 else "links"
    return Fail(
        message=f"Zone {private_link_zone(facts)} with {len(links):,} {many} lacks"
        f" {lack.record.label}, which a zone of the same name holds: {called(facts, network)}"
        f"{_consequence(lack.grade)}.",
        severity=Severity.WARNING if lack.grade == 0 else Severity.INFO,
        certainty=Certainty.LIKELY,
        evidence=(
            Evidence(lack.record.id, "properties.aRecords", list(lack.record.addresses)),
            Evidence(
                lack.link.id,
                "properties.virtualNetwork.id",
                facts.topology.display(network) if network else None,
            ),
        ),
        related=(lack.record.zone, *(link.network for link in links[:20] if link.network)),
    )


def _consequence(grade: int) -> str:
    if grade == 0:
        return " is joined with the endpoint's network and cannot find it"
    if grade == 1:
        return " and its fellows do not even find the public address there"
    return " never meets the endpoint's network, which may be on purpose"
