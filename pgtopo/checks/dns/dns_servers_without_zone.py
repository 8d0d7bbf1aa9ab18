"""A client network whose DNS servers live where the server's zone is not linked."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.resolvers import resolver_for
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, judged
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import VirtualNetwork

_WANTED = Wanted(
    stages=(Stage.DNS,),
    blocked=frozenset({"ZONE_NOT_LINKED"}),
    unknown=frozenset({"LINKS_NOT_READ"}),
)


@check(
    id="PGT116",
    slug="dns-servers-without-zone",
    family=Family.DNS,
    title="DNS servers of a client's network do not see the server's zone",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks with DNS servers of their own, or forwarding rules, that are meant to "
    "reach a server: whether the network in which the answer is made is linked to the server's "
    "zone.",
    why="A machine, firewall or resolver that forwards to 168.63.129.16 gets what its own "
    "network sees. A link of the client's network does not help: nobody asks there.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network vnet show --ids <client's network id> --query dhcpOptions.dnsServers",
    fix="Link the zone to the network in which the DNS servers live:\n"
    "az network private-dns link vnet create --resource-group <group> --zone-name <zone> --name "
    "<link> --virtual-network <DNS servers' network id> --registration-enabled false",
    unknown_when="The links of the zone were not read.",
    sources=(
        "Name resolution for resources in Azure virtual networks: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances",
        "Networking overview with private access, Private DNS zone and virtual network peering:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    remedy=pairs.open_way,
    subject=VirtualNetwork,
)
def dns_servers_without_zone(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether whoever answers for the network sees the servers' zones, one finding each."""
    return judged(
        facts,
        pairs_of_network(facts, network.id),
        _WANTED,
        severity=Severity.ERROR,
        test=lambda trouble: _is_answered_elsewhere(facts, trouble),
        cause=lambda trouble: trouble.pair.server.zone,
    )


def _is_answered_elsewhere(facts: Facts, trouble: Trouble) -> bool:
    answering = resolver_for(facts, trouble.pair.part).network
    return answering is not None and answering != trouble.pair.network
