"""A server's subnet that is not delegated to flexible servers."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called, unread
from pgtopo.checks.remedies import subnets
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT601",
    slug="subnet-without-server-delegation",
    family=Family.SUBNET,
    title="Subnet of a server is not delegated to flexible servers",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The delegations of every subnet that a server is injected into.",
    why="Flexible servers may only live in a subnet that is handed over to"
    " Microsoft.DBforPostgreSQL/flexibleServers. Without it the service cannot place, scale,"
    " fail over or restore servers there.",
    client_sees="Nothing at first; scaling, restoring or failing over a server is refused.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query 'delegations[].serviceName'",
    fix="az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --delegations Microsoft.DBforPostgreSQL/flexibleServers",
    unknown_when="The subnet's row is not in the data, or could not be read in full.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    remedy=subnets.delegate,
    subject=Subnet,
    over=server_subnets,
)
def subnet_without_server_delegation(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether one of the subnet's delegations names flexible servers."""
    if subnet.is_pg_delegated:
        return OK
    missing = unread(facts, Subnet.KIND, subnet.id)
    if missing is not None:
        return missing
    servers = facts.topology.servers_in(subnet.id)
    shown = ", ".join(subnet.delegations) or "nothing"
    return Fail(
        message=f"Subnet {called(facts, subnet.id)} holds {servers[0].name} and is delegated to"
        f" {shown}, not to Microsoft.DBforPostgreSQL/flexibleServers.",
        evidence=(
            Evidence(subnet.id, "properties.delegations", list(subnet.delegations)),
            Evidence(
                servers[0].id,
                "properties.network.delegatedSubnetResourceId",
                facts.topology.display(subnet.id),
            ),
        ),
        related=tuple(server.id for server in servers),
    )
