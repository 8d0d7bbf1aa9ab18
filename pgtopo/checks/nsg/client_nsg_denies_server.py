"""A security group at the client that denies traffic to a server."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import FILTERS_DENY, FILTERS_OPEN, GRADING, Wanted, judged
from pgtopo.checks.pairs import client_places, pairs_of_subnet
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import Subnet

_WANTED = Wanted(stages=(Stage.CLIENT_FILTER,), blocked=FILTERS_DENY, unknown=FILTERS_OPEN)


@check(
    id="PGT312",
    slug="client-nsg-denies-server",
    family=Family.NSG,
    title="NSG at the client denies the way to a server",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The outbound rules of the NSG on each client's subnet, and on its interface "
    "for a declared machine, for traffic to the servers that it is meant to reach.",
    why="Most look at the server's rules only. An outbound deny at the client's own subnet "
    "drops the first packet, and the server never hears of it.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nsg rule list --resource-group <group> --nsg-name <client's nsg> "
    "--include-default --query 'sort_by(@,&priority)[].[priority,direction,access,name]'",
    fix="az network nsg rule create --resource-group <group> --nsg-name <client's nsg> "
    "--name allow-postgres-out --priority <number below the denying rule> --direction Outbound "
    "--access Allow --protocol Tcp --source-address-prefixes <client range> "
    "--destination-address-prefixes <server subnet range> --destination-port-ranges 5432",
    unknown_when="The rules that decide were not read, or rest on tags and groups whose "
    "members are not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    remedy=pairs.open_way,
    subject=Subnet,
    over=client_places,
)
def client_nsg_denies_server(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the filters of the subnet let its clients out, one finding per server."""
    return judged(facts, pairs_of_subnet(facts, subnet), _WANTED, severity=Severity.ERROR)
