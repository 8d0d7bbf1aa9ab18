"""An NSG or route table in another region than the network that uses it."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import not_visible
from pgtopo.checks.scope import server_subnets
from pgtopo.model.base import Resource
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable


@check(
    id="PGT006",
    slug="subnet-parts-in-other-region",
    family=Family.GOVERNANCE,
    title="NSG or route table of a server's subnet is in another region",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="The regions of the NSG and the route table of each subnet with servers against that"
    " of their network.",
    why="Azure attaches only what is in the network's own region, so such data is not one picture"
    " of one moment: files were mixed or edited.",
    client_sees="Nothing; verdicts may rest on the wrong rules.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query '[networkSecurityGroup.id,routeTable.id]'",
    fix="Collect everything at once:\npgtopo collect -o <file>",
    unknown_when="The subnet, its NSG or its route table is not in the data.",
    sources=(
        "Network security groups: https://learn.microsoft.com/azure/virtual-network/"
        "network-security-groups-overview",
    ),
    subject=Subnet,
    over=server_subnets,
)
def subnet_parts_in_other_region(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether NSG and route table are where their network is, one answer each."""
    network = facts.topology.get(VirtualNetwork, subnet.network)
    if network is None or not network.location:
        return not_visible(facts, VirtualNetwork.KIND, subnet.network)
    return tuple(_answers(facts, subnet, network)) or OK


def _answers(facts: Facts, subnet: Subnet, network: VirtualNetwork) -> Iterator[Fail | Unknown]:
    parts: list[tuple[str, str, type[Resource]]] = [
        ("nsg", subnet.nsg or "", NetworkSecurityGroup),
        ("route table", subnet.route_table or "", RouteTable),
    ]
    for what, arm_id, kind in parts:
        wanted = subnet.nsg if what == "nsg" else subnet.route_table
        if not arm_id or wanted is None:
            continue
        found = facts.topology.get(kind, wanted)
        if found is None:
            gap = not_visible(facts, kind.KIND, wanted)
            yield Unknown(
                message=gap.message,
                settle_with=gap.settle_with,
                related=gap.related,
                discriminator=what,
            )
        elif found.location and found.location != network.location:
            yield Fail(
                message=f"{called(facts, wanted)} is in {found.location}, network {network.name}"
                f" of subnet {subnet.name} in {network.location}.",
                evidence=(
                    Evidence(found.id, "location", found.location),
                    Evidence(network.id, "location", network.location),
                ),
                related=(found.id, network.id),
                discriminator=what,
            )
