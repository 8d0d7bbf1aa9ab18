"""A peering that leaves the other network out of the VirtualNetwork tag."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    check,
)
from pgtopo.checks.reading import peering_words
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import homes
from pgtopo.model.network import Peering


@check(
    id="PGT504",
    slug="peering-without-network-access",
    family=Family.PEERING,
    title="Peering with a network of servers does not allow network access",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="allowVirtualNetworkAccess on the peerings of networks with servers or endpoints.",
    why="With the flag off the other network's ranges drop out of the VirtualNetwork tag, so the"
    " default rules of NSGs deny its traffic. Only a rule that names the ranges themselves could"
    " still let it pass.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering show --resource-group <group> --vnet-name <network>"
    " --name <peering> --query allowVirtualNetworkAccess",
    fix="az network vnet peering update --resource-group <group> --vnet-name <network>"
    " --name <peering> --set allowVirtualNetworkAccess=true",
    unknown_when="Never: the flag is part of the row. What NSGs make of it is the assumption.",
    sources=(
        "Create, change, or delete a virtual network peering: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-network-manage-peering",
    ),
    remedy=peerings.give_access,
    subject=Peering,
)
def peering_without_network_access(facts: Facts, peering: Peering) -> Outcome:
    """Whether the peering admits the other network."""
    if peering.allows_access:
        return OK
    if peering.network not in homes(facts) and peering.remote not in homes(facts):
        return NOT_APPLICABLE
    return Fail(
        message=f"{peering_words(facts, peering)} does not allow network access: default rules"
        " deny what comes over it.",
        certainty=Certainty.LIKELY,
        evidence=(Evidence(peering.id, "properties.allowVirtualNetworkAccess", value=False),),
        related=tuple(one for one in (peering.network, peering.remote) if one),
    )
