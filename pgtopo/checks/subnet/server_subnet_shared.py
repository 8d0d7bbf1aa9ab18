"""A server's subnet in which something else lives."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.addresses import owner_of
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, check
from pgtopo.checks.reading import called, unread
from pgtopo.checks.scope import server_subnets
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ArmId
from pgtopo.model.network import PG_DELEGATION, NetworkInterface, Subnet


@check(
    id="PGT602",
    slug="server-subnet-shared",
    family=Family.SUBNET,
    title="Something other than flexible servers lives in a server's subnet",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="Further delegations, interfaces, private endpoints and injected services in every"
    " subnet that a server is injected into.",
    why="The delegated subnet belongs to flexible servers alone. Anything else in it takes"
    " addresses the servers need and can block the service from changing the subnet.",
    client_sees="Nothing at first; creating or scaling a server in the subnet is refused.",
    confirm="az network vnet subnet show --resource-group <group> --vnet-name <network>"
    " --name <subnet> --query '[delegations,ipConfigurations,privateEndpoints]'",
    fix="Move the other resource to a subnet of its own. For a private endpoint, make it anew in"
    " another subnet:\naz network private-endpoint create --resource-group <group>"
    " --name <endpoint> --vnet-name <network> --subnet <other subnet>"
    " --private-connection-resource-id <service id> --group-id <group id>"
    " --connection-name <connection>",
    unknown_when="The subnet's row is not in the data, or nothing else is seen in the subnet and"
    " network interfaces were not read.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=Subnet,
    over=server_subnets,
)
def server_subnet_shared(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet holds anything but servers, one finding per intruder."""
    found = tuple(_intruders(facts, subnet))
    return found or unread(facts, NetworkInterface.KIND, subnet.id) or OK


def _intruders(facts: Facts, subnet: Subnet) -> Iterator[Fail]:
    place = called(facts, subnet.id)
    others = "as well" if subnet.is_pg_delegated else "and not to flexible servers"
    for service in subnet.delegations:
        if service.lower() != PG_DELEGATION:
            yield Fail(
                message=f"Subnet {place} of servers is delegated to {service} {others}.",
                evidence=(Evidence(subnet.id, "properties.delegations", list(subnet.delegations)),),
                discriminator=service.lower(),
            )
    for link in subnet.service_links:
        if link.linked_type and link.linked_type.lower() != PG_DELEGATION:
            yield Fail(
                message=f"Subnet {place} of servers also holds a service of {link.linked_type}.",
                evidence=(
                    Evidence(subnet.id, "properties.serviceAssociationLinks", link.linked_type),
                ),
                discriminator=link.linked_type.lower(),
            )
    for owner, evidence in _residents(facts, subnet).items():
        yield Fail(
            message=f"Subnet {place} of servers also holds {called(facts, owner)}.",
            evidence=(evidence,),
            related=(owner,),
            discriminator=owner,
            cause=owner,
        )


def _residents(facts: Facts, subnet: Subnet) -> dict[ArmId, Evidence]:
    """What has an address in the subnet, each once, with the property that shows it.

    What its own row puts elsewhere is not here, whatever the subnet's lists still say.
    """
    topology = facts.topology
    found: dict[ArmId, Evidence] = {}
    for endpoint in subnet.private_endpoints:
        row = topology.get(PrivateEndpoint, endpoint)
        if row is None or row.subnet in (None, subnet.id):
            shown = topology.display(endpoint)
            found[endpoint] = Evidence(subnet.id, "properties.privateEndpoints", shown)
    own = topology.display(subnet.id)
    for nic in topology.nics_in(subnet.id):
        owner = nic.private_endpoint or nic.id
        found.setdefault(owner, Evidence(nic.id, "properties.ipConfigurations", own))
    by_subnet = topology.index("endpoints by subnet", PrivateEndpoint, lambda one: (one.subnet,))
    for endpoint_row in by_subnet.get(subnet.id, ()):
        seen = Evidence(endpoint_row.id, "properties.subnet.id", own)
        found.setdefault(endpoint_row.id, seen)
    for configuration in subnet.ip_configurations:
        owner = owner_of(configuration)
        if topology.get(NetworkInterface, owner) is None:
            shown = topology.display(configuration)
            found.setdefault(owner, Evidence(subnet.id, "properties.ipConfigurations", shown))
    return found
