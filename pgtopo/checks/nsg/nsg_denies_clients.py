"""A security group in front of a server that denies its clients."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import FILTERS_DENY, FILTERS_OPEN, GRADING, Wanted, by_client, judged
from pgtopo.checks.pairs import pairs_to
from pgtopo.checks.pooler import PORT
from pgtopo.checks.remedies import pairs
from pgtopo.model.server import FlexibleServer

_WANTED = Wanted(stages=(Stage.SERVER_FILTER,), blocked=FILTERS_DENY, unknown=FILTERS_OPEN)


@check(
    id="PGT301",
    slug="nsg-denies-clients",
    family=Family.NSG,
    title="NSG at the server denies a client",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The NSG in front of each server, or of its private endpoint, for the traffic "
    "of every client that is meant to reach it: all rules, tags and defaults as Azure evaluates "
    "them.",
    why="An NSG drops what no rule admits, without a word to the client. A rule that admits "
    "other ranges, or a deny above the default rules, is enough.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nsg rule list --resource-group <group> --nsg-name <nsg> "
    "--include-default --query 'sort_by(@,&priority)[].[priority,direction,access,name]'",
    fix="az network nsg rule create --resource-group <group> --nsg-name <nsg> --name "
    "allow-pg-clients --priority <number below the denying rule> --direction Inbound --access "
    "Allow --protocol Tcp --source-address-prefixes <client range> "
    "--destination-address-prefixes <server subnet range> --destination-port-ranges 5432",
    unknown_when="The rules that decide were not read, or rest on tags and groups whose "
    "members are not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    remedy=pairs.open_way,
    subject=FlexibleServer,
)
def nsg_denies_clients(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether the filters at the server admit its clients, one finding per client network."""
    pairs = tuple(pair for pair in pairs_to(facts, server) if pair.port != PORT)
    return judged(facts, pairs, _WANTED, severity=Severity.ERROR, key=by_client)
