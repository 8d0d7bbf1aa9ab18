"""A client network that is linked to another zone of the same name."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, Wanted, judged
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.model.network import VirtualNetwork

_WANTED = Wanted(
    stages=(Stage.DNS,),
    blocked=frozenset({"WRONG_ZONE"}),
    unknown=frozenset({"OTHER_ZONE_RECORD", "ZONES_OVERLAP"}),
)


@check(
    id="PGT112",
    slug="namesake-zone-linked",
    family=Family.DNS,
    title="Another zone of the same name answers in a client's network",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks that are meant to reach a server: whether the zone that answers there "
    "is the server's own, or another one that covers its name.",
    why="Zones of one name can exist many times, and a network can be linked to one of them "
    "only. The wrong one answers that the name does not exist, and keeps the right one out.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns zone list --query "
    "\"[?name=='<zone>'].[id,numberOfVirtualNetworkLinks]\"",
    fix="Move the records of the wrong zone over, then link the right one:\n"
    "az network private-dns link vnet delete --resource-group <group> --zone-name <zone> --name "
    "<link>\n"
    "az network private-dns link vnet create --resource-group <group of the server's zone> "
    "--zone-name <zone> --name <link> --virtual-network <client's network id> "
    "--registration-enabled false",
    unknown_when="Several zones of the name claim a link to the network, or the other zone "
    "holds an address of the server's subnet.",
    sources=(
        "Azure DNS private zones: https://learn.microsoft.com/azure/dns/private-dns-privatednszone",
    ),
    subject=VirtualNetwork,
)
def namesake_zone_linked(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether the right zones answer in the network, one finding per server."""
    pairs = pairs_of_network(facts, network.id)
    return judged(facts, pairs, _WANTED, severity=Severity.ERROR)
