"""A private link zone that is linked to a client's network and lacks the server's record."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, Wanted, judged
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import Mode

_WANTED = Wanted(
    stages=(Stage.DNS,),
    blocked=frozenset({"RECORD_MISSING"}),
    unknown=frozenset({"RECORDS_NOT_READ"}),
)


@check(
    id="PGT124",
    slug="endpoint-name-missing",
    family=Family.DNS,
    title="Linked private link zone has no record for a server with an endpoint",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks that are meant to reach a server by its private endpoint: whether the "
    "private link zone that answers there holds the server's record.",
    why="Where a private link zone is linked it alone answers: a missing record means that "
    "the name does not exist, and nobody falls back to the public address.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns record-set a list --resource-group <group> --zone-name "
    "<zone> --query '[].name'",
    fix="Let the endpoint keep its record in the zone:\n"
    "az network private-endpoint dns-zone-group create --resource-group <group> --endpoint-name "
    "<endpoint> --name default --zone-name pg --private-dns-zone <zone id>",
    unknown_when="The records of the zone were not read.",
    sources=(
        "Azure Private Endpoint DNS integration: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-dns-integration",
    ),
    remedy=pairs.open_way,
    subject=VirtualNetwork,
)
def endpoint_name_missing(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether linked private link zones hold the servers' records, one finding per server."""
    return judged(
        facts,
        pairs_of_network(facts, network.id),
        _WANTED,
        severity=Severity.ERROR,
        test=lambda trouble: trouble.pair.server.mode is Mode.PRIVATE_ENDPOINT,
        cause=lambda trouble: trouble.part.zone,
    )
