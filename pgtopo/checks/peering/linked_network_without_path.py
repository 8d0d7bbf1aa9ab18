"""A network that sees a server's zone and has no way to the server."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.intent import SEES_ZONE, meant_by
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, judged
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import VirtualNetwork

_WANTED = Wanted(
    stages=(Stage.FORWARD_ROUTE,),
    blocked=frozenset({"NO_ROUTE"}),
    unknown=frozenset({"CONNECTIVITY_UNSEEN"}),
)


@check(
    id="PGT513",
    slug="linked-network-without-path",
    family=Family.PEERING,
    title="Network is linked to a server's zone but has no path to it",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Networks that see a server's zone, by a link or by their resolver: whether any "
    "route leads to the server's address.",
    why="A link carries names and no packets. The name then resolves to a private address "
    "that Azure drops, for want of a peering, gateway or appliance.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering list --resource-group <group> --vnet-name <client's "
    "network> --query '[].[remoteVirtualNetwork.id,peeringState]'",
    fix="Peer the two networks from both sides, or delete the link where nobody there needs "
    "the server:\n"
    "az network vnet peering create --resource-group <group> --vnet-name <client's network> "
    "--name <peering> --remote-vnet <server's network id> --allow-vnet-access\n"
    "az network vnet peering create --resource-group <group> --vnet-name <server's network> "
    "--name <peering> --remote-vnet <client's network id> --allow-vnet-access",
    unknown_when="How the two networks are joined, by peerings or by Virtual Network "
    "Manager, was not read.",
    sources=(
        "Networking overview with private access, Private DNS zone and virtual network peering:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
        "Virtual network peering: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-network-peering-overview",
    ),
    remedy=pairs.open_way,
    subject=VirtualNetwork,
)
def linked_network_without_path(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether the network has a way to the servers whose zones it sees, one finding each."""
    return judged(
        facts,
        pairs_of_network(facts, network.id),
        _WANTED,
        severity=Severity.WARNING,
        test=lambda trouble: _sees_zone(facts, network, trouble),
        cause=lambda _: network.id,
    )


def _sees_zone(facts: Facts, network: VirtualNetwork, trouble: Trouble) -> bool:
    return meant_by(facts, network.id).get(trouble.pair.server.id) in SEES_ZONE
