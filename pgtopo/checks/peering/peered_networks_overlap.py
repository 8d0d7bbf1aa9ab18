"""Two peered networks with common addresses."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.reading import peering_words, settle
from pgtopo.checks.scope import concerns_servers
from pgtopo.model.network import Peering, VirtualNetwork


@check(
    id="PGT508",
    slug="peered-networks-overlap",
    family=Family.PEERING,
    title="Peered networks share addresses",
    severity=Severity.ERROR,
    grading="Info where neither network has to do with servers.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The ranges of the two networks of each peering. Networks that are not peered may"
    " overlap as they like.",
    why="A packet for a shared address stays in its own network, so whatever has it on the other"
    " side cannot be reached. Azure refuses to make or sync such a peering.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet show --ids <network id> <other network id>"
    " --query '[].addressSpace.addressPrefixes'",
    fix="Give one of the networks other addresses. A network with servers cannot be renumbered:"
    " restore or replicate the server into a new one, then switch over:\n"
    "az network vnet create --resource-group <group> --name <new network>"
    " --address-prefixes <free range>",
    unknown_when="Neither the peering nor the other network's row states its ranges.",
    sources=(
        "Create, change, or delete a virtual network peering, Requirements and constraints:"
        " https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering",
    ),
    subject=Peering,
)
def peered_networks_overlap(facts: Facts, peering: Peering) -> Outcome:
    """Whether the networks of a peering are disjoint."""
    here = facts.topology.get(VirtualNetwork, peering.network)
    there = facts.topology.get(VirtualNetwork, peering.remote)
    theirs = peering.remote_space | peering.remote_current_space
    if there is not None:
        theirs |= there.space
    if here is None or not theirs:
        return Unknown(
            message=f"{peering_words(facts, peering)}: the ranges at its ends are not known.",
            settle_with=settle(facts, VirtualNetwork.KIND, peering.remote or peering.network),
        )
    common = here.space & theirs
    if not common:
        return OK
    if there is not None and peering.network > there.id and facts.topology.reverse_of(peering):
        return OK
    stated = Evidence(
        peering.id,
        "properties.remoteAddressSpace.addressPrefixes",
        list(peering.remote_prefixes) or None,
    )
    is_near = concerns_servers(facts, peering.network, peering.remote)
    return Fail(
        message=f"{peering_words(facts, peering)} joins networks that share"
        f" {', '.join(common.cidrs())}.",
        severity=None if is_near else Severity.INFO,
        evidence=(
            Evidence(here.id, "properties.addressSpace.addressPrefixes", list(here.prefixes)),
            stated
            if there is None
            else Evidence(
                there.id, "properties.addressSpace.addressPrefixes", list(there.prefixes)
            ),
        ),
        related=tuple(one for one in (peering.network, peering.remote) if one),
    )
