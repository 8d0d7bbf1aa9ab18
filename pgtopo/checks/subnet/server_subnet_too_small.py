"""A server's subnet smaller than a /28."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.spaces import space_gap
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called, space_unknown
from pgtopo.checks.scope import postgres_subnets
from pgtopo.model.network import Subnet

_SMALLEST = 16


@check(
    id="PGT603",
    slug="server-subnet-too-small",
    family=Family.SUBNET,
    title="Subnet for servers is smaller than a /28",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The IPv4 size of every subnet that holds servers or is delegated to them.",
    why="The service asks for sixteen addresses at least: Azure keeps five of them and one server"
    " with high availability takes four.",
    client_sees="Nothing; creating a server in the subnet is refused.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query '[addressPrefix,addressPrefixes]'",
    fix="A subnet cannot grow while servers are in it. Make a larger one, then restore or"
    " replicate the server into it and switch clients over:\n"
    "az network vnet subnet create --resource-group <group> --vnet-name <network>"
    " --name <new subnet> --address-prefixes <prefix of /28 or larger>"
    " --delegations Microsoft.DBforPostgreSQL/flexibleServers",
    unknown_when="The subnet's row is not in the data, or no IPv4 prefix in it can be read.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=Subnet,
    over=postgres_subnets,
)
def server_subnet_too_small(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet has sixteen addresses."""
    size = len(subnet.space)
    if size >= _SMALLEST:
        return OK
    gap = space_gap(facts, subnet)
    if gap is not None:
        return space_unknown(facts, subnet, gap)
    place = called(facts, subnet.id)
    return Fail(
        message=f"Subnet {place} has {size} addresses ({', '.join(subnet.prefixes)}); servers"
        f" need a /28, which has {_SMALLEST}.",
        evidence=(_size_of(subnet),),
        related=tuple(server.id for server in facts.topology.servers_in(subnet.id)),
    )


def _size_of(subnet: Subnet) -> Evidence:
    if len(subnet.prefixes) == 1:
        return Evidence(subnet.id, "properties.addressPrefix", subnet.prefixes[0])
    return Evidence(subnet.id, "properties.addressPrefixes", list(subnet.prefixes))
