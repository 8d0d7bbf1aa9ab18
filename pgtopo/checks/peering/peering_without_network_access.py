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
from pgtopo.checks.intent import SEES_ZONE, servers_at
from pgtopo.checks.pairs import pairs_of_network
from pgtopo.checks.reading import called, peering_words
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import homes
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Peering


@check(
    id="PGT504",
    slug="peering-without-network-access",
    family=Family.PEERING,
    title="Peering with a network of servers does not allow network access",
    severity=Severity.ERROR,
    grading="Error where clients behind the peering are declared or see the zone of a server at its"
    " other end; else a warning, since the flag may be off to keep the networks apart.",
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
    meant = _meant(facts, peering)
    return Fail(
        message=f"{peering_words(facts, peering)} does not allow network access: default rules"
        f" deny what comes over it{_clients(facts, meant)}.",
        severity=Severity.ERROR if meant is not None else Severity.WARNING,
        certainty=Certainty.LIKELY,
        evidence=(Evidence(peering.id, "properties.allowVirtualNetworkAccess", value=False),),
        related=tuple(one for one in (peering.network, peering.remote) if one),
    )


def _meant(facts: Facts, peering: Peering) -> ArmId | None:
    """A network at one end that shows, by more than the peering, to mean servers at the other."""
    for here, there in ((peering.network, peering.remote), (peering.remote, peering.network)):
        wanted = set(servers_at(facts, [here])) if here is not None else set()
        pairs = pairs_of_network(facts, there) if there is not None and wanted else ()
        for pair in pairs:
            is_stated = pair.is_declared or pair.reason in SEES_ZONE
            if is_stated and pair.server.id in wanted:
                return there
    return None


def _clients(facts: Facts, network: ArmId | None) -> str:
    return f", of the clients in {called(facts, network)} too" if network is not None else ""
