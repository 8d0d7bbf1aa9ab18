"""A delegated subnet with more than one prefix."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called
from pgtopo.checks.scope import postgres_subnets
from pgtopo.model.network import Subnet


@check(
    id="PGT608",
    slug="server-subnet-with-many-prefixes",
    family=Family.SUBNET,
    title="Subnet for servers has more than one prefix",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The prefixes of every subnet that holds servers or is delegated to them.",
    why="Several prefixes per subnet are not available to delegated subnets. The service may place"
    " servers in the first one only, and rules written for one range miss the other.",
    client_sees="Nothing; operations on servers in the subnet may fail.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query addressPrefixes",
    fix="Give servers a subnet with one prefix that is large enough:\n"
    "az network vnet subnet create --resource-group <group> --vnet-name <network>"
    " --name <new subnet> --address-prefixes <one prefix>"
    " --delegations Microsoft.DBforPostgreSQL/flexibleServers",
    unknown_when="The subnet's row is not in the data.",
    sources=(
        "Create multiple prefixes for a subnet: https://learn.microsoft.com/azure/virtual-network/"
        "how-to-multiple-prefixes-subnet",
    ),
    subject=Subnet,
    over=postgres_subnets,
)
def server_subnet_with_many_prefixes(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet has a single prefix."""
    if len(set(subnet.prefixes)) < 2:
        return OK
    return Fail(
        message=f"Subnet {called(facts, subnet.id)} for servers has {len(subnet.prefixes)}"
        f" prefixes: {', '.join(subnet.prefixes)}.",
        evidence=(Evidence(subnet.id, "properties.addressPrefixes", list(subnet.prefixes)),),
        related=tuple(server.id for server in facts.topology.servers_in(subnet.id)),
    )
