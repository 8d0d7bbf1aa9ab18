"""A server's subnet without a network security group."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called, unread
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT319",
    slug="server-subnet-without-nsg",
    family=Family.NSG,
    title="Subnet of a server has no NSG",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Whether an NSG is attached to every subnet with servers.",
    why="Servers in a virtual network have no firewall rules; the NSG takes their place. Without"
    " one, everything that is routed to the subnet gets through to the sign-in.",
    client_sees="Nothing.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query networkSecurityGroup",
    fix="Make an NSG that admits the clients and the traffic the servers need, then attach it:\n"
    "az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --network-security-group <nsg>",
    unknown_when="The subnet's row is not in the data, or could not be read in full.",
    sources=(
        "Networking overview with private access: https://learn.microsoft.com/azure/postgresql/"
        "flexible-server/concepts-networking-private",
    ),
    subject=Subnet,
    over=server_subnets,
)
def server_subnet_without_nsg(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether an NSG is attached."""
    if subnet.nsg is not None:
        return OK
    missing = unread(facts, Subnet.KIND, subnet.id)
    return missing or Fail(
        message=f"Subnet {called(facts, subnet.id)} with servers has no NSG.",
        evidence=(Evidence(subnet.id, "properties.networkSecurityGroup.id"),),
        related=tuple(server.id for server in facts.topology.servers_in(subnet.id)),
    )
