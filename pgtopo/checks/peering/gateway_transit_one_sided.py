"""A network that wants another network's gateway, which does not lend it."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import own_gateways
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
from pgtopo.checks.reading import called, not_visible, peering_words
from pgtopo.checks.remedies import peerings
from pgtopo.checks.scope import homes
from pgtopo.model.network import Peering, VirtualNetwork


@check(
    id="PGT506",
    slug="gateway-transit-one-sided",
    family=Family.PEERING,
    title="Gateway transit is set on one side of a peering only",
    severity=Severity.ERROR,
    grading="Error where a network asks for a gateway that is not lent; a likely warning where a"
    " gateway is lent to a network with servers that does not use it.",
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="useRemoteGateways on each peering against allowGatewayTransit on its other half.",
    why="A network without a gateway of its own reaches the company's sites through another"
    " network's gateway. That takes both flags: one side lends, the other uses. With only one of"
    " them clients on premises have no route to the servers, nor the servers back.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network vnet peering list --resource-group <group> --vnet-name <network>"
    " --query '[].[name,allowGatewayTransit,useRemoteGateways]'",
    fix="Let the network that has the gateway lend it:\n"
    "az network vnet peering update --resource-group <group> --vnet-name <gateway network>"
    " --name <peering> --set allowGatewayTransit=true\n"
    "Let the network that should use it do so:\n"
    "az network vnet peering update --resource-group <group> --vnet-name <network>"
    " --name <peering> --set useRemoteGateways=true",
    unknown_when="A network asks for a gateway and the other half of the peering is not visible.",
    sources=(
        "Configure VPN gateway transit for virtual network peering: https://learn.microsoft.com/"
        "azure/vpn-gateway/vpn-gateway-peering-gateway-transit",
    ),
    remedy=peerings.lend_or_use_gateway,
    subject=Peering,
)
def gateway_transit_one_sided(facts: Facts, peering: Peering) -> Outcome:
    """Whether lending and using meet."""
    other = facts.topology.reverse_of(peering)
    if peering.uses_remote_gateways:
        if other is None:
            is_seen = facts.topology.get(VirtualNetwork, peering.remote) is not None
            if is_seen or peering.remote is None:
                return NOT_APPLICABLE
            return not_visible(facts, VirtualNetwork.KIND, peering.remote)
        return OK if other.allows_gateway_transit else _not_lent(facts, peering, other)
    if other is None or not other.allows_gateway_transit:
        return NOT_APPLICABLE
    return _not_used(facts, peering, other)


def _not_lent(facts: Facts, peering: Peering, other: Peering) -> Fail:
    return Fail(
        message=f"{peering_words(facts, peering)} uses the gateway of"
        f" {called(facts, other.network)}, whose half does not allow gateway transit.",
        evidence=(
            Evidence(peering.id, "properties.useRemoteGateways", value=True),
            Evidence(other.id, "properties.allowGatewayTransit", value=False),
        ),
        related=(other.id, peering.network, other.network),
        cause=other.id,
    )


def _not_used(facts: Facts, peering: Peering, other: Peering) -> Outcome:
    """A lent gateway matters only to a network with servers and without another way out."""
    is_home = peering.network in homes(facts)
    if not is_home or own_gateways(facts, peering.network) is not None:
        return NOT_APPLICABLE
    if own_gateways(facts, other.network) is None:
        return NOT_APPLICABLE
    siblings = facts.topology.peerings_of(peering.network)
    if any(sibling.uses_remote_gateways for sibling in siblings):
        return OK
    return Fail(
        message=f"{peering_words(facts, peering)} does not use the gateway that"
        f" {called(facts, other.network)} lends; sites behind it have no route to the servers.",
        severity=Severity.WARNING,
        certainty=Certainty.LIKELY,
        evidence=(
            Evidence(peering.id, "properties.useRemoteGateways", value=False),
            Evidence(other.id, "properties.allowGatewayTransit", value=True),
        ),
        related=(other.id, peering.network, other.network),
    )
