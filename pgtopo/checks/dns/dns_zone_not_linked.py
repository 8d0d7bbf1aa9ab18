"""A server's zone that its own network cannot see."""

from pgtopo.analysis.clients.parties import ClientPart
from pgtopo.analysis.clients.parts import is_client_subnet, subnet_part
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.dns import resolve
from pgtopo.analysis.verdict import Evidence, Verdict
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
from pgtopo.checks.reading import called, not_visible, unread
from pgtopo.checks.remedies import links
from pgtopo.checks.scope import servers_with_zone
from pgtopo.model.base import RefState
from pgtopo.model.dns import PrivateZone, ZoneLink
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT103",
    slug="dns-zone-not-linked",
    family=Family.DNS,
    title="Private zone of a server is not linked to the server's own network",
    severity=Severity.ERROR,
    grading="Error where clients in the server's network cannot resolve its name; warning where"
    " they can by other means, such as a resolver in a hub; a likely warning where that is open.",
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="The virtual network links of the zone that each injected server names: one to the"
    " server's own network.",
    why="A zone answers in linked networks only. Making a server does not check for the link, and"
    " without it the clients right beside the server cannot find it.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns link vnet list --resource-group <group> --zone-name <zone>"
    " --query '[].[virtualNetwork.id,virtualNetworkLinkState]'",
    fix="az network private-dns link vnet create --resource-group <group> --zone-name <zone>"
    " --name <link> --virtual-network <server's network id> --registration-enabled false\n"
    "Azure refuses the link while another zone of the same name is linked to the network: move"
    " that one's records over first.",
    unknown_when="The links of the zone were not read, or the zone itself is out of sight.",
    sources=(
        "Networking overview with private access, Link the private DNS zone:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    remedy=links.link_own_network,
    subject=FlexibleServer,
    over=servers_with_zone,
)
def dns_zone_not_linked(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the server's zone is linked to the server's network."""
    network = ancestor(server.subnet, "virtualnetworks") if server.subnet else None
    if network is None or server.zone is None:
        return NOT_APPLICABLE
    links = facts.topology.links_of_zone(server.zone)
    if any(link.network == network for link in links):
        return OK
    missing = unread(facts, ZoneLink.KIND, server.zone)
    if missing is not None:
        return missing
    if facts.topology.ref(server.zone, PrivateZone.KIND) is RefState.DANGLING:
        return not_visible(facts, PrivateZone.KIND, server.zone)
    return _not_linked(facts, server, network, links)


def _not_linked(
    facts: Facts, server: FlexibleServer, network: ArmId, links: list[ZoneLink]
) -> Fail:
    zone = server.zone or network
    verdicts = [resolve(facts, part, server).verdict for part in _askers(facts, server, network)]
    can_resolve = bool(verdicts) and all(v is Verdict.ALLOWED for v in verdicts)
    is_open = not can_resolve and Verdict.BLOCKED not in verdicts
    return Fail(
        message=f"Zone {called(facts, zone)} of server {server.name} is not linked to the server's"
        f" own network {called(facts, network)}{_and_yet(can_resolve=can_resolve)}.",
        severity=Severity.WARNING if can_resolve or is_open else Severity.ERROR,
        certainty=Certainty.LIKELY if is_open else Certainty.CERTAIN,
        evidence=_evidence(facts, server, zone, links),
        related=(zone, network),
        cause=zone,
    )


def _and_yet(*, can_resolve: bool) -> str:
    return "; clients there resolve its name by other means" if can_resolve else ""


def _askers(facts: Facts, server: FlexibleServer, network: ArmId) -> list[ClientPart]:
    """Clients of the server's network, of one kind each; the server's subnet where none else."""
    subnets = facts.topology.subnets_of(network)
    asking = [subnet for subnet in subnets if is_client_subnet(subnet)][:1]
    own = facts.topology.get(Subnet, server.subnet)
    return [subnet_part(subnet) for subnet in asking or ([own] if own else [])]


def _evidence(
    facts: Facts, server: FlexibleServer, zone: ArmId, links: list[ZoneLink]
) -> tuple[Evidence, ...]:
    shown = facts.topology.display
    found = [
        Evidence(server.id, "properties.network.privateDnsZoneArmResourceId", shown(zone)),
        Evidence(
            server.id,
            "properties.network.delegatedSubnetResourceId",
            shown(server.subnet) if server.subnet else None,
        ),
    ]
    for link in links[:5]:
        value = shown(link.network) if link.network else None
        found.append(Evidence(link.id, "properties.virtualNetwork.id", value))
    return tuple(found)
