"""A server's subnet without the service endpoint for Azure Storage in the server's region."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Certainty, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called, unread
from pgtopo.checks.remedies import subnets
from pgtopo.checks.scope import server_subnets
from pgtopo.model.network import ServiceEndpoint, Subnet

_STORAGE = ("microsoft.storage", "microsoft.storage.global")


@check(
    id="PGT606",
    slug="server-subnet-without-storage-endpoint",
    family=Family.SUBNET,
    title="Subnet of a server lacks the service endpoint for Azure Storage",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(),
    looks_at="The service endpoints of every subnet with servers: Microsoft.Storage, and whether"
    " its locations cover the servers' region.",
    why="Servers upload their transaction log to Azure Storage. The endpoint gives that traffic a"
    " direct way which a default route to an appliance does not divert; Azure adds it when a"
    " server is made and it should stay.",
    client_sees="Nothing; high availability degrades and the log piles up on the server's disk.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query 'serviceEndpoints[].[service,locations]'",
    fix="az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --service-endpoints Microsoft.Storage\nName every endpoint that the subnet"
    " should keep: the list is replaced as a whole.",
    unknown_when="The subnet's row is not in the data, or could not be read in full.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    remedy=subnets.add_storage_endpoint,
    subject=Subnet,
    over=server_subnets,
)
def server_subnet_without_storage_endpoint(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether a Storage endpoint covers the region of every server in the subnet."""
    endpoints = [e for e in subnet.service_endpoints if e.service.lower() in _STORAGE]
    servers = facts.topology.servers_in(subnet.id)
    evidence = Evidence(
        subnet.id,
        "properties.serviceEndpoints",
        [endpoint.service for endpoint in subnet.service_endpoints],
    )
    place = called(facts, subnet.id)
    missing = unread(facts, Subnet.KIND, subnet.id)
    if not endpoints:
        return missing or Fail(
            message=f"Subnet {place} holds servers and has no service endpoint Microsoft.Storage.",
            evidence=(evidence,),
            related=tuple(server.id for server in servers),
        )
    outside = [s for s in servers if s.location and not _covers(endpoints, s.location)]
    if not outside:
        return OK
    return Fail(
        message=f"Subnet {place}: the service endpoint for Storage does not cover"
        f" {outside[0].location}, where server {outside[0].name} lives.",
        certainty=Certainty.CERTAIN,
        evidence=(evidence, Evidence(outside[0].id, "location", outside[0].location)),
        related=tuple(server.id for server in outside),
    )


def _covers(endpoints: list[ServiceEndpoint], region: str) -> bool:
    """Whether an endpoint names the region, all regions, or none at all."""
    return any(
        not endpoint.locations or "*" in endpoint.locations or region in endpoint.locations
        for endpoint in endpoints
    )
