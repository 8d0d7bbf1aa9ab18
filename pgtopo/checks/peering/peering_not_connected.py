"""A half of a peering that is not Connected."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import peering_words, settle
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import concerns_servers
from pgtopo.model.network import Peering


@check(
    id="PGT501",
    slug="peering-not-connected",
    family=Family.PEERING,
    title="Peering is not Connected",
    severity=Severity.ERROR,
    grading="Info where neither network has to do with servers.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The state of every half of every peering.",
    why="Traffic flows between two networks only while both halves of their peering are"
    " Connected. Initiated means that the other half is not there yet, Disconnected that it was"
    " deleted.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering list --resource-group <group> --vnet-name <network>"
    " --query '[].[name,peeringState,remoteVirtualNetwork.id]'",
    fix="Make the missing half of an Initiated peering, in the other network. Delete both halves"
    " of a Disconnected one and make them again:\n"
    "az network vnet peering delete --resource-group <group> --vnet-name <network>"
    " --name <peering>\n"
    "az network vnet peering create --resource-group <group> --vnet-name <network>"
    " --name <peering> --remote-vnet <other network id> --allow-vnet-access",
    unknown_when="The row states no peeringState, as templates do.",
    sources=(
        "Create, change, or delete a virtual network peering: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-network-manage-peering",
    ),
    remedy=peerings.connect,
    subject=Peering,
)
def peering_not_connected(facts: Facts, peering: Peering) -> Outcome:
    """Whether this half says Connected."""
    if peering.is_connected:
        return OK
    if not peering.state:
        return Unknown(
            message=f"{peering_words(facts, peering)} states no peeringState.",
            settle_with=settle(facts, Peering.KIND, peering.network),
        )
    is_near = concerns_servers(facts, peering.network, peering.remote)
    return Fail(
        message=f"{peering_words(facts, peering)} is {peering.state}, not Connected.",
        severity=None if is_near else Severity.INFO,
        evidence=(Evidence(peering.id, "properties.peeringState", peering.state),),
        related=tuple(one for one in (peering.network, peering.remote) if one),
    )
