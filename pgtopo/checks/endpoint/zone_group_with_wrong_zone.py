"""A zone group of a server's endpoint that writes into a zone nobody asks."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.cloud import private_link_zone
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.endpoints import zone_groups_of
from pgtopo.checks.reading import called, settle
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.endpoint import ZoneGroup
from pgtopo.model.ids import name_of
from pgtopo.model.topology import Topology


def _zone_groups(topology: Topology) -> Iterator[ZoneGroup]:
    wanted = {endpoint.id for endpoint in postgres_endpoints(topology)}
    return (group for group in topology.all(ZoneGroup) if group.endpoint in wanted)


@check(
    id="PGT907",
    slug="zone-group-with-wrong-zone",
    family=Family.ENDPOINT,
    title="Zone group of a private endpoint writes into a zone of another name",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The names of the zones in the zone groups of private endpoints to flexible servers.",
    why="The public name of a server with an endpoint leads to"
    " <server>.privatelink.postgres.database.azure.com. A record in a zone of another name is never"
    " asked for, and clients end at the public address.",
    client_sees="A time-out, or a connection over the internet where the firewall admits it.",
    confirm="az network private-endpoint dns-zone-group list --resource-group <group>"
    " --endpoint-name <endpoint> --query '[].privateDnsZoneConfigs[].privateDnsZoneId'",
    fix="az network private-endpoint dns-zone-group remove --resource-group <group>"
    " --endpoint-name <endpoint> --name <zone group> --zone-name <wrong configuration>\n"
    "az network private-endpoint dns-zone-group add --resource-group <group>"
    " --endpoint-name <endpoint> --name <zone group> --zone-name postgresql"
    " --private-dns-zone <id of privatelink.postgres.database.azure.com>",
    unknown_when="The zone group names no zone.",
    sources=(
        "Azure private endpoint private DNS zone values: https://learn.microsoft.com/azure/"
        "private-link/private-endpoint-dns",
    ),
    subject=ZoneGroup,
    over=_zone_groups,
)
def zone_group_with_wrong_zone(facts: Facts, group: ZoneGroup) -> Outcome:
    """Whether the group's zones have the recommended name."""
    endpoint = called(facts, group.endpoint)
    if not group.zones:
        return Unknown(
            message=f"Zone group {group.name} of endpoint {endpoint} names no zone.",
            settle_with=settle(facts, ZoneGroup.KIND, group.endpoint),
        )
    wanted = private_link_zone(facts)
    wrong = [zone for zone in group.zones if name_of(zone) != wanted]
    if len(wrong) < len(group.zones) or zone_groups_of(facts, group.endpoint)[0] != group:
        return OK
    return Fail(
        message=f"Zone group {group.name} of endpoint {endpoint} writes into"
        f" {called(facts, wrong[0])} and not into {wanted}.",
        evidence=(
            Evidence(
                group.id, "properties.privateDnsZoneConfigs", facts.topology.display(wrong[0])
            ),
        ),
        related=(group.endpoint, *wrong),
    )
