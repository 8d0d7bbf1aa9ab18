"""A network that routes to a server whose zone it does not see."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.names.resolvers import resolver_for
from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.intent import homes_of
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, judged
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import VirtualNetwork

_WANTED = Wanted(
    stages=(Stage.DNS,),
    blocked=frozenset({"ZONE_NOT_LINKED"}),
    unknown=frozenset({"LINKS_NOT_READ", "RULESETS_NOT_READ"}),
)
_WAY = (Stage.FORWARD_ROUTE, Stage.PEERING)


@check(
    id="PGT104",
    slug="peered-network-without-zone",
    family=Family.DNS,
    title="Network reaches a server but not its private zone",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.NAME_NOT_FOUND,),
    looks_at="Networks with a route to an injected server, by a peering, a connected group "
    "or a declared client: whether a link or a ruleset of theirs leads to the server's zone.",
    why="A peering carries packets and shares no names: the private zone stays invisible in "
    "the peered network until it has a link, a forwarding rule or a resolver of its own.",
    client_sees='could not translate host name "<server>" to address: Name or service not known',
    confirm="az network private-dns link vnet list --resource-group <group> --zone-name "
    "<zone> --query '[].virtualNetwork.id'",
    fix="az network private-dns link vnet create --resource-group <group> --zone-name <zone> "
    "--name <link> --virtual-network <client's network id> --registration-enabled false",
    unknown_when="The links of the zone or the rulesets of the network were not read.",
    sources=(
        "Networking overview with private access, Private DNS zone and virtual network peering:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
        "Azure DNS private zones: https://learn.microsoft.com/azure/dns/private-dns-privatednszone",
    ),
    remedy=pairs.open_way,
    subject=VirtualNetwork,
)
def peered_network_without_zone(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether the network sees the zones of the servers it has a way to, one finding each."""
    return judged(
        facts,
        pairs_of_network(facts, network.id),
        _WANTED,
        severity=Severity.WARNING,
        test=lambda trouble: _is_left_out(facts, trouble),
        cause=lambda trouble: trouble.pair.server.zone,
    )


def _is_left_out(facts: Facts, trouble: Trouble) -> bool:
    """A way there, and Azure DNS of the client's own network that does not know the name."""
    pair = trouble.pair
    if pair.network in homes_of(facts, pair.server):
        return False
    if any(s.stage in _WAY and s.verdict is Verdict.BLOCKED for s in trouble.part.steps):
        return False
    return resolver_for(facts, pair.part).network == pair.network
