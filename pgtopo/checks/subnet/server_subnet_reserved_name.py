"""A server's subnet whose name Azure keeps for another service."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called
from pgtopo.checks.scope import postgres_subnets
from pgtopo.model.network import RESERVED_SUBNETS, Subnet


@check(
    id="PGT605",
    slug="server-subnet-reserved-name",
    family=Family.SUBNET,
    title="Subnet for servers has a name that Azure keeps for another service",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The names of the subnets that hold servers or are delegated to them.",
    why="AzureFirewallSubnet, AzureFirewallManagementSubnet, AzureBastionSubnet, GatewaySubnet and"
    " RouteServerSubnet are set aside for the service they name; servers cannot be placed there.",
    client_sees="Nothing; creating a server in the subnet is refused.",
    confirm="az network vnet subnet list --resource-group <group> --vnet-name <network>"
    " --query '[].name'",
    fix="Make a subnet with a free name for servers and place them there:\n"
    "az network vnet subnet create --resource-group <group> --vnet-name <network>"
    " --name <new subnet> --address-prefixes <prefix>"
    " --delegations Microsoft.DBforPostgreSQL/flexibleServers",
    unknown_when="Never: the name is part of the subnet's id, which the server states.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=Subnet,
    over=lambda topology: (s for s in postgres_subnets(topology) if isinstance(s, Subnet)),
)
def server_subnet_reserved_name(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet's name is reserved."""
    purpose = RESERVED_SUBNETS.get(subnet.name.lower())
    if purpose is None:
        return OK
    return Fail(
        message=f"Subnet {called(facts, subnet.id)} is meant for servers, but its name is kept"
        f" for a {purpose}.",
        evidence=(Evidence(subnet.id, "name", subnet.name),),
        related=tuple(server.id for server in facts.topology.servers_in(subnet.id)),
    )
