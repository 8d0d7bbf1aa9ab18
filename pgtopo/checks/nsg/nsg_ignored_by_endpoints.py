"""An NSG on a subnet of private endpoints that does not apply to them."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import NOT_APPLICABLE, OK, Fail, Family, Outcome, Severity, Unseen, check
from pgtopo.checks.reading import not_visible
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule, rule_name
from pgtopo.model.topology import Topology

_APPLIED = ("enabled", "networksecuritygroupenabled")


def _endpoint_subnets(topology: Topology) -> Iterator[Subnet | Unseen]:
    """The subnets of private endpoints to servers, each once."""
    seen: set[ArmId] = set()
    for endpoint in postgres_endpoints(topology):
        if endpoint.subnet is None or endpoint.subnet in seen:
            continue
        seen.add(endpoint.subnet)
        yield topology.get(Subnet, endpoint.subnet) or Unseen(
            subject=endpoint.id, kind=Subnet.KIND, wanted=endpoint.subnet
        )


@check(
    id="PGT321",
    slug="nsg-ignored-by-endpoints",
    family=Family.NSG,
    title="NSG does not apply to the private endpoints in its subnet",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="Subnets with private endpoints to servers whose NSG has rules of its own, against"
    " privateEndpointNetworkPolicies of the subnet.",
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
    over=_endpoint_subnets,
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
    rule = next(filter(_is_inbound, group.rules), None)
    if rule is None:
        return OK
    shown = subnet.endpoint_policies or None
    return Fail(
        message=f"NSG {group.name} on {called(facts, subnet.id)} does not apply to the private"
        f" endpoints there (privateEndpointNetworkPolicies is {shown or 'not set'}).",
        evidence=(
            Evidence(subnet.id, "properties.privateEndpointNetworkPolicies", shown),
            Evidence(
                ArmId(f"{group.id}/securityrules/{rule_name(rule).lower()}"),
                "properties.access",
                rule.properties.access if rule.properties else None,
            ),
        ),
        related=(group.id,),
    )


def _is_inbound(rule: SecurityRule) -> bool:
    direction = rule.properties.direction if rule.properties else None
    return (direction or "").strip().lower() == "inbound"
