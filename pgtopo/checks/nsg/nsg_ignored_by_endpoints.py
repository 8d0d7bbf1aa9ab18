"""An NSG on a subnet of private endpoints that does not apply to them."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Certainty,
    Fail,
    Family,
    Outcome,
    Severity,
    check,
)
from pgtopo.checks.nsg_rules import custom_rules
from pgtopo.checks.reading import not_visible
from pgtopo.checks.scope import endpoint_subnets
from pgtopo.model.network import Subnet
from pgtopo.model.nsg import NetworkSecurityGroup

_APPLIED = ("enabled", "networksecuritygroupenabled")


@check(
    id="PGT321",
    slug="nsg-ignored-by-endpoints",
    family=Family.NSG,
    title="NSG does not apply to the private endpoints in its subnet",
    severity=Severity.WARNING,
    grading="Likely where the subnet does not state the policy, which is then off by default.",
    since="0.1",
    symptoms=(),
    looks_at="Subnets with private endpoints to servers whose NSG has inbound rules for 5432,"
    " against privateEndpointNetworkPolicies of the subnet.",
    why="Unless the policy is Enabled or NetworkSecurityGroupEnabled, Azure does not ask the NSG"
    " about traffic to private endpoints. Rules that should keep clients out do nothing.",
    client_sees="Nothing; clients that should be refused get through to the sign-in.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query privateEndpointNetworkPolicies",
    fix="Look at the rules first: they will apply to every endpoint in the subnet.\n"
    "az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --private-endpoint-network-policies NetworkSecurityGroupEnabled",
    unknown_when="The subnet or its NSG is not in the data.",
    sources=(
        "Manage network policies for private endpoints: https://learn.microsoft.com/azure/"
        "private-link/disable-private-endpoint-network-policy",
    ),
    subject=Subnet,
    over=endpoint_subnets,
)
def nsg_ignored_by_endpoints(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet's NSG, if it has inbound rules, applies to endpoints."""
    if subnet.nsg is None:
        return NOT_APPLICABLE
    if subnet.endpoint_policies.lower() in _APPLIED:
        return OK
    group = facts.topology.get(NetworkSecurityGroup, subnet.nsg)
    if group is None:
        return not_visible(facts, NetworkSecurityGroup.KIND, subnet.nsg)
    rule = next((r for r in custom_rules(facts, group) if r.is_inbound and r.carries(5432)), None)
    if rule is None:
        return OK
    shown = subnet.endpoint_policies or None
    return Fail(
        certainty=Certainty.CERTAIN if shown else Certainty.LIKELY,
        message=f"NSG {group.name} on {called(facts, subnet.id)} does not apply to the private"
        f" endpoints there (privateEndpointNetworkPolicies is {shown or 'not set'}).",
        evidence=(
            Evidence(subnet.id, "properties.privateEndpointNetworkPolicies", shown),
            rule.evidence("access", rule.body.access),
        ),
        related=(group.id,),
    )
