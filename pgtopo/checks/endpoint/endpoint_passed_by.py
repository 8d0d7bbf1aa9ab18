"""A client network in which the name of a server with an endpoint leads to its public address."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.resolvers import resolver_for
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.intent import zones_of
from pgtopo.checks.pair_faults import (
    GRADING,
    Trouble,
    Wanted,
    clients_words,
    judged,
    other_reasons,
    why_counted,
)
from pgtopo.checks.pair_reasons import by_reason
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.checks.remedies import pairs
from pgtopo.checks.server_needs import sentence
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import Mode

_WANTED = Wanted(
    stages=(Stage.DNS,),
    noted=frozenset({"PUBLIC_ANSWER"}),
    unknown=frozenset({"LINKS_NOT_READ", "RULESETS_NOT_READ"}),
)


@check(
    id="PGT908",
    slug="endpoint-passed-by",
    family=Family.ENDPOINT,
    title="Name of a server with a private endpoint leads to its public address",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Networks that are meant to reach a server with an approved private endpoint "
    "and see no private link zone with its record: what the name comes to there.",
    why="Without the zone the public answer holds. Clients then go round the endpoint over "
    "the internet, or fail where public access is off.",
    client_sees='connection to server at "<server>" (<public address>), port 5432 failed: '
    "timeout expired",
    confirm="az network private-dns link vnet list --resource-group <group> --zone-name "
    "<privatelink zone> --query '[].virtualNetwork.id'",
    fix="az network private-dns link vnet create --resource-group <group> --zone-name "
    "<privatelink zone> --name <link> --virtual-network <client's network id> "
    "--registration-enabled false",
    unknown_when="The links of private link zones, or the rulesets of the network, were not read.",
    sources=(
        "Azure Private Endpoint DNS integration: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-dns-integration",
    ),
    remedy=pairs.open_way,
    subject=VirtualNetwork,
)
def endpoint_passed_by(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether names of servers with endpoints lead to the endpoints, one finding per server."""
    return judged(
        facts,
        pairs_of_network(facts, network.id),
        _WANTED,
        severity=Severity.WARNING,
        test=lambda trouble: _is_unlinked(facts, trouble),
        cause=lambda trouble: next(iter(zones_of(facts, trouble.pair.server)), None),
        say=_say,
    )


def _is_unlinked(facts: Facts, trouble: Trouble) -> bool:
    """Whether no zone of the server's is linked to where the answer is made."""
    server = trouble.pair.server
    if server.mode is not Mode.PRIVATE_ENDPOINT:
        return False
    answering = resolver_for(facts, trouble.pair.part).network
    links = (
        link for zone in zones_of(facts, server) for link in facts.topology.links_of_zone(zone)
    )
    return all(link.network != answering for link in links)


def _say(facts: Facts, held: list[Trouble]) -> str:
    pair = held[0].pair
    is_one = pair.is_declared or len({one.pair.subnet for one in held}) == 1
    return (
        f"{clients_words(facts, held)} {'passes' if is_one else 'pass'} by the private endpoint of"
        f" server {pair.server.name}:"
        f" {sentence(held[0].step.text)}{other_reasons(facts, *by_reason(held))}{why_counted(pair)}"
    )
