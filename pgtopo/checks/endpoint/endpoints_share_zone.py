"""Two private endpoints to one server that write into one zone."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.endpoints import zone_groups_of
from pgtopo.checks.reading import called, unread
from pgtopo.checks.scope import public_servers
from pgtopo.model.endpoint import PrivateEndpoint, ZoneGroup
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT906",
    slug="endpoints-share-zone",
    family=Family.ENDPOINT,
    title="Several private endpoints of a server write into one zone",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The DNS zone groups of the private endpoints of one server.",
    why="Both endpoints keep the same record. Each writes its own address over the other's, so"
    " some clients are sent to an endpoint they have no way to.",
    client_sees="Connections that work on some days or from some networks only.",
    confirm="az network private-endpoint list"
    " --query \"[?privateLinkServiceConnections[0].privateLinkServiceId=='<server id>'].id\"",
    fix="Keep one endpoint per server and zone. Give the other network a zone of its own, or take"
    " the second endpoint's zone group away and let its clients use the first endpoint:\n"
    "az network private-endpoint dns-zone-group delete --resource-group <group>"
    " --endpoint-name <second endpoint> --name default",
    unknown_when="The server has several endpoints and their zone groups were not read.",
    sources=(
        "What is a private endpoint: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-overview",
    ),
    subject=FlexibleServer,
    over=public_servers,
)
def endpoints_share_zone(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether each zone is written by one endpoint of the server only, one finding per zone."""
    endpoints = facts.topology.endpoints_of(server.id)
    if len(endpoints) < 2:
        return NOT_APPLICABLE
    found = tuple(_shared(facts, server, endpoints))
    if found:
        return found
    gaps = (unread(facts, ZoneGroup.KIND, endpoint.id) for endpoint in endpoints)
    return next((gap for gap in gaps if gap is not None), OK)


def _shared(
    facts: Facts, server: FlexibleServer, endpoints: list[PrivateEndpoint]
) -> Iterator[Fail]:
    writers: dict[ArmId, list[ZoneGroup]] = {}
    for endpoint in endpoints:
        for group in zone_groups_of(facts, endpoint.id):
            for zone in group.zones:
                writers.setdefault(zone, []).append(group)
    for zone, groups in sorted(writers.items()):
        if len({group.endpoint for group in groups}) < 2:
            continue
        names = ", ".join(called(facts, group.endpoint) for group in groups)
        yield Fail(
            message=f"Server {server.name}: endpoints {names} all write into zone"
            f" {called(facts, zone)}.",
            evidence=tuple(
                Evidence(g.id, "properties.privateDnsZoneConfigs", facts.topology.display(zone))
                for g in groups
            ),
            related=(zone, *(group.endpoint for group in groups)),
            discriminator=zone,
            cause=groups[-1].endpoint,
        )
