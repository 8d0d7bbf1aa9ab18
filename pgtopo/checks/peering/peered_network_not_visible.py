"""A peering that leads to a network which is not in the data."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import not_visible, peering_words
from pgtopo.checks.scope import concerned
from pgtopo.model.network import Peering, VirtualNetwork


@check(
    id="PGT512",
    slug="peered-network-not-visible",
    family=Family.PEERING,
    title="Network at the other end of a peering is not visible",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Where the peerings of networks that have to do with servers lead.",
    why="Behind that peering nothing can be judged: neither clients there, nor hops onwards, nor"
    " whether the other half is in order.",
    client_sees="Nothing by itself; verdicts beyond the peering stay open.",
    confirm="az network vnet show --ids <network id> --query '[id,addressSpace.addressPrefixes]'",
    fix="Collect with a login that has Reader on the other network's subscription; for a network"
    " of another tenant, ask its owner for a snapshot and open both files together:\n"
    "pgtopo collect -o <file> --subscription <other subscription>",
    unknown_when="The network's row is not in the data; that is all this check tells.",
    sources=(
        "Create, change, or delete a virtual network peering: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-network-manage-peering",
    ),
    subject=Peering,
    never_fails=True,
)
def peered_network_not_visible(facts: Facts, peering: Peering) -> Outcome:
    """Whether the network at the other end is in the data."""
    if peering.remote is None or peering.network not in concerned(facts):
        return NOT_APPLICABLE
    if facts.topology.get(VirtualNetwork, peering.remote) is not None:
        return OK
    gap = not_visible(facts, VirtualNetwork.KIND, peering.remote)
    return Unknown(
        message=f"{peering_words(facts, peering)} leads to a network that is not in the data.",
        settle_with=gap.settle_with,
        evidence=(
            Evidence(
                peering.id,
                "properties.remoteVirtualNetwork.id",
                facts.topology.display(peering.remote),
            ),
        ),
        related=(peering.remote,),
    )
