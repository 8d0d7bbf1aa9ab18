"""A client and a server whose networks only share a peer."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.analysis.wording import called
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.intent import hub_between
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, clients_words, judged, why_counted
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.model.ids import ArmId
from pgtopo.model.network import VirtualNetwork

_WANTED = Wanted(
    stages=(Stage.FORWARD_ROUTE,),
    blocked=frozenset({"NO_ROUTE"}),
    unknown=frozenset({"CONNECTIVITY_UNSEEN"}),
)


@check(
    id="PGT509",
    slug="networks-two-hops-apart",
    family=Family.PEERING,
    title="Client and server share a hub, but peerings are not transitive",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Networks that are meant to reach a server and have no route there, although "
    "both are peered with a third network.",
    why="A peering joins two networks and no more: A to hub and hub to B do not make A to B. "
    "It takes a peering of the two, or routes through an appliance or gateway in the hub.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering list --resource-group <group> --vnet-name <client's "
    "network> --query '[].[remoteVirtualNetwork.id,peeringState]'",
    fix="Peer the two networks, from both sides:\n"
    "az network vnet peering create --resource-group <group> --vnet-name <client's network> "
    "--name <peering> --remote-vnet <server's network id> --allow-vnet-access\n"
    "az network vnet peering create --resource-group <group> --vnet-name <server's network> "
    "--name <peering> --remote-vnet <client's network id> --allow-vnet-access",
    unknown_when="How the two networks are joined beside peerings was not read.",
    sources=(
        "Virtual network peering: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-network-peering-overview",
    ),
    subject=VirtualNetwork,
)
def networks_two_hops_apart(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether only a shared peer lies between the network and its servers, one finding each."""
    return judged(
        facts,
        pairs_of_network(facts, network.id),
        _WANTED,
        severity=Severity.ERROR,
        test=lambda trouble: _hub(facts, trouble) is not None,
        cause=lambda _: network.id,
        say=_say,
    )


def _hub(facts: Facts, trouble: Trouble) -> ArmId | None:
    network = trouble.pair.network
    return hub_between(facts, network, trouble.pair.server) if network is not None else None


def _say(facts: Facts, held: list[Trouble]) -> str:
    pair = held[0].pair
    return (
        f"{clients_words(facts, held)} cannot reach server {pair.server.name}: both networks are"
        f" peered with {called(facts, _hub(facts, held[0]))}, but not with each other, and no route"
        f" leads through an appliance or gateway there.{why_counted(pair)}"
    )
