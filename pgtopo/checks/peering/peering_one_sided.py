"""A peering of which only one half exists."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import called, not_visible, peering_words, settle, unread
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import concerns_servers
from pgtopo.model.network import Peering, VirtualNetwork


@check(
    id="PGT502",
    slug="peering-one-sided",
    family=Family.PEERING,
    title="Peering exists in one network only",
    severity=Severity.ERROR,
    grading="Info where neither network has to do with servers.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Whether the network at the other end of each peering has a peering back.",
    why="A peering is two objects, one in each network. With only one of them nothing passes, in"
    " either direction.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering list --resource-group <other group>"
    " --vnet-name <other network> --query '[].remoteVirtualNetwork.id'",
    fix="az network vnet peering create --resource-group <other group> --vnet-name <other network>"
    " --name <peering back> --remote-vnet <network id> --allow-vnet-access\n"
    "If the half that is left says Disconnected, delete it and make it again, too.",
    unknown_when="The network at the other end is not in the data: another tenant, another"
    " subscription, or deleted; or not all of its peerings could be read.",
    sources=(
        "Troubleshoot virtual network peering issues: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-network-troubleshoot-peering-issues",
    ),
    remedy=peerings.complete,
    subject=Peering,
)
def peering_one_sided(facts: Facts, peering: Peering) -> Outcome:
    """Whether the other network peers back."""
    if facts.topology.reverse_of(peering) is not None:
        return OK
    if peering.remote is None:
        return Unknown(
            message=f"{peering_words(facts, peering)} names no network at its other end.",
            settle_with=settle(facts, Peering.KIND, peering.network),
        )
    if facts.topology.get(VirtualNetwork, peering.remote) is None:
        return not_visible(facts, VirtualNetwork.KIND, peering.remote)
    missing = unread(facts, Peering.KIND, peering.remote)
    if missing is not None:
        return missing
    is_near = concerns_servers(facts, peering.network, peering.remote)
    return Fail(
        message=f"{peering_words(facts, peering)} has no other half in"
        f" {called(facts, peering.remote)}.",
        severity=None if is_near else Severity.INFO,
        evidence=(
            Evidence(
                peering.id,
                "properties.remoteVirtualNetwork.id",
                facts.topology.display(peering.remote),
            ),
            Evidence(
                peering.remote,
                "properties.virtualNetworkPeerings",
                [p.name for p in facts.topology.peerings_of(peering.remote)],
            ),
        ),
        related=(peering.network, peering.remote),
    )
