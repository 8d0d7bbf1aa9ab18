"""A network security group on a gateway's subnet."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.reading import called
from pgtopo.checks.remedies import rules
from pgtopo.checks.scope import gateway_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT313",
    slug="nsg-on-gateway-subnet",
    family=Family.NSG,
    title="NSG is attached to GatewaySubnet",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Subnets named GatewaySubnet: whether an NSG is attached.",
    why="An NSG there can stop the VPN or ExpressRoute gateway from working, and with it every"
    " client on premises. Microsoft asks not to attach one.",
    client_sees="Time-outs for clients on premises, at odd times or all of them.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name GatewaySubnet --query networkSecurityGroup.id",
    fix="az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name GatewaySubnet --remove networkSecurityGroup\n"
    "Filter at the servers' subnets or in a firewall instead.",
    unknown_when="Never: a subnet's row states its NSG.",
    sources=(
        "About VPN Gateway configuration settings, Gateway subnet: https://learn.microsoft.com/"
        "azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings",
    ),
    remedy=rules.detach_from_subnet,
    subject=Subnet,
    over=gateway_subnets,
)
def nsg_on_gateway_subnet(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the gateway's subnet is free of NSGs."""
    if subnet.nsg is None:
        return OK
    return Fail(
        message=f"Subnet {called(facts, subnet.id)} has NSG {called(facts, subnet.nsg)} attached.",
        evidence=(
            Evidence(
                subnet.id,
                "properties.networkSecurityGroup.id",
                facts.topology.display(subnet.nsg),
            ),
        ),
        related=(subnet.nsg,),
    )
