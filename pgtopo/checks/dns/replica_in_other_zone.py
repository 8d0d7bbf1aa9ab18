"""A primary and a replica in zones that not the same networks see."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called, not_visible, unread
from pgtopo.checks.scope import injected_replicas
from pgtopo.model.dns import ZoneLink
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT128",
    slug="replica-in-other-zone",
    family=Family.DNS,
    title="Networks see the zone of a primary and not that of its replica, or the reverse",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Pairs of injected primary and replica with different zones: the networks linked to"
    " one of them only.",
    why="After a promotion, or through a virtual endpoint, clients look up the other server. A"
    " network that sees only one of the zones loses the name at that moment.",
    client_sees="could not translate host name, after a promotion",
    confirm="az network private-dns link vnet list --resource-group <group> --zone-name <zone>"
    " --query '[].virtualNetwork.id'",
    fix="az network private-dns link vnet create --resource-group <group>"
    " --zone-name <the zone that is missing> --name <link> --virtual-network <network id>"
    " --registration-enabled false",
    unknown_when="The primary is not in the data, or the links of one of the zones were not read.",
    sources=(
        "Networking overview with private access, Replication across regions:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=injected_replicas,
)
def replica_in_other_zone(facts: Facts, replica: FlexibleServer) -> Outcome:
    """Whether every network that sees one server's zone sees the other's."""
    source = facts.topology.get(FlexibleServer, replica.source_server)
    if source is None:
        return not_visible(facts, FlexibleServer.KIND, replica.source_server or replica.id)
    here, there = replica.zone, source.zone
    if here is None or there is None or here == there:
        return NOT_APPLICABLE
    for zone in (here, there):
        missing = unread(facts, ZoneLink.KIND, zone)
        if missing is not None:
            return missing
    links = {zone: _linked(facts, zone) for zone in (here, there)}
    apart = sorted(links[here].keys() ^ links[there].keys())
    return _fail(facts, replica, source, apart, links) if apart else OK


def _linked(facts: Facts, zone: ArmId) -> dict[ArmId, ZoneLink]:
    return {link.network: link for link in facts.topology.links_of_zone(zone) if link.network}


def _fail(
    facts: Facts,
    replica: FlexibleServer,
    source: FlexibleServer,
    networks: list[ArmId],
    links: dict[ArmId, dict[ArmId, ZoneLink]],
) -> Fail:
    network = networks[0]
    seen = next(zone for zone, held in links.items() if network in held)
    unseen = next(zone for zone in links if zone != seen)
    link = links[seen][network]
    return Fail(
        message=f"Network {called(facts, network)}{_more(len(networks) - 1)} sees zone"
        f" {called(facts, seen)} and not {called(facts, unseen)}, where the other of"
        f" {source.name} and {replica.name} is.",
        evidence=(
            Evidence(link.id, "properties.virtualNetwork.id", facts.topology.display(network)),
            Evidence(
                replica.id,
                "properties.network.privateDnsZoneArmResourceId",
                facts.topology.display(replica.zone or unseen),
            ),
        ),
        related=(*networks, seen, unseen, source.id),
        cause=unseen,
    )


def _more(count: int) -> str:
    return f" (like {count} more that see one of two)" if count else ""
