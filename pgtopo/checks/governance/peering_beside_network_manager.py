"""Networks that a Network Manager connects and that are peered by hand as well."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import peering_words, unread
from pgtopo.model.avnm import ConnectivityGroup, EffectiveConnectivity
from pgtopo.model.ids import ArmId, type_of
from pgtopo.model.network import Peering

_MADE_BY_MANAGER = "anm_"


@check(
    id="PGT005",
    slug="peering-beside-network-manager",
    family=Family.GOVERNANCE,
    title="Networks are connected by a Network Manager and peered by hand",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Peerings that were not made by Azure Virtual Network Manager between networks that"
    " one of its connectivity configurations joins.",
    why="Two owners of one path: whoever deletes the peering believes it closed, and whoever"
    " changes the configuration may replace the peering.",
    client_sees="Nothing.",
    confirm="az network manager list-effective-connectivity-config --resource-group <group>"
    " --vnet-name <network>",
    fix="Choose one owner. Delete the peering to leave it to the manager:\n"
    "az network vnet peering delete --resource-group <group> --vnet-name <network>"
    " --name <peering>",
    unknown_when="The connectivity configuration of the network at the other end was not read.",
    sources=(
        "Connectivity configuration in Azure Virtual Network Manager: https://learn.microsoft.com/"
        "azure/virtual-network-manager/concept-connectivity-configuration",
    ),
    subject=Peering,
    over=lambda topology: (
        p for p in topology.all(Peering) if topology.connectivity_of(p.network) is not None
    ),
)
def peering_beside_network_manager(facts: Facts, peering: Peering) -> Outcome:
    """Whether a connectivity configuration joins the two peered networks."""
    here = facts.topology.connectivity_of(peering.network)
    if here is None or peering.remote is None or peering.name.lower().startswith(_MADE_BY_MANAGER):
        return NOT_APPLICABLE
    there = facts.topology.connectivity_of(peering.remote)
    joined = _joined(here, peering.remote) or (there and _joined(there, peering.network))
    common = joined or (there and _common_group(here, there))
    if common:
        return Fail(
            message=f"{peering_words(facts, peering)} was made by hand; a Network Manager connects"
            " the two networks as well.",
            evidence=(
                Evidence(peering.id, "name", peering.name),
                Evidence(here.id, "type", type_of(here.id)),
            ),
            related=(peering.network, peering.remote),
        )
    if there is None:
        return unread(facts, EffectiveConnectivity.KIND, peering.remote) or OK
    return OK


def _joined(held: EffectiveConnectivity, other: ArmId) -> bool:
    """Whether a hub-and-spoke configuration names the other network as its hub."""
    return any(other in group.hubs for group in held.configurations)


def _common_group(here: EffectiveConnectivity, there: EffectiveConnectivity) -> bool:
    """Whether both are directly connected members of one network group."""
    mine, theirs = _direct(here.configurations), _direct(there.configurations)
    return not mine.isdisjoint(theirs)


def _direct(configurations: tuple[ConnectivityGroup, ...]) -> set[ArmId]:
    return {
        group
        for one in configurations
        for group, kind in one.groups
        if kind.lower() == "directlyconnected"
    }
