"""A network that uses remote gateways twice, or beside a gateway of its own."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import own_gateways
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Symptom,
    check,
)
from pgtopo.checks.reading import called, unread
from pgtopo.checks.scope import is_gateway_subnet
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.routing import VirtualNetworkGateway


@check(
    id="PGT507",
    slug="remote-gateways-conflict",
    family=Family.PEERING,
    title="Network uses more than one gateway through peerings, or has one of its own",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The peerings of each network with useRemoteGateways, and the network's own gateway.",
    why="A network can use the gateways of one peered network only, and only while it has none of"
    " its own. Azure refuses the rest, so data that shows both stems from a change that went"
    " half through: routes to and from the sites are not what they seem.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering list --resource-group <group> --vnet-name <network>"
    ' --query "[?useRemoteGateways].[name,remoteVirtualNetwork.id]"',
    fix="Keep useRemoteGateways on one peering and switch it off on the others:\n"
    "az network vnet peering update --resource-group <group> --vnet-name <network>"
    " --name <peering> --set useRemoteGateways=false",
    unknown_when="One peering uses remote gateways and virtual network gateways were not read in"
    " the network's subscription.",
    sources=(
        "Create, change, or delete a virtual network peering: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-network-manage-peering",
    ),
    subject=VirtualNetwork,
)
def remote_gateways_conflict(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether at most one peering uses remote gateways and no gateway stands beside it."""
    using = [p for p in facts.topology.peerings_of(network.id) if p.uses_remote_gateways]
    if not using:
        return NOT_APPLICABLE
    evidence = tuple(Evidence(p.id, "properties.useRemoteGateways", value=True) for p in using)
    if len(using) > 1:
        return Fail(
            message=f"Network {called(facts, network.id)} uses remote gateways through"
            f" {len(using)} peerings: {', '.join(p.name for p in using)}.",
            evidence=evidence,
            related=tuple(p.id for p in using),
        )
    own = own_gateways(facts, network.id)
    if own is None:
        subnets = facts.topology.subnets_of(network.id)
        if subnets and not any(is_gateway_subnet(subnet) for subnet in subnets):
            return OK
        return unread(facts, VirtualNetworkGateway.KIND, network.id) or OK
    return Fail(
        message=f"Network {called(facts, network.id)} has a gateway of its own and uses a remote"
        f" one through {using[0].name}.",
        evidence=(
            *evidence,
            *(Evidence(g, "type", VirtualNetworkGateway.KIND) for g in own.gateways),
        ),
        related=(using[0].id, *own.gateways),
        cause=using[0].id,
    )
