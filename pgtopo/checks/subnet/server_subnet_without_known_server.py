"""A subnet in which Azure says servers live, and none is in the data."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.seen import Absence, absence
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import called, settle
from pgtopo.model.network import PG_DELEGATION, Subnet
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology


def _linked_subnets(topology: Topology) -> Iterator[Subnet]:
    for subnet in topology.all(Subnet):
        if any(link.linked_type.lower() == PG_DELEGATION for link in subnet.service_links):
            yield subnet


@check(
    id="PGT610",
    slug="server-subnet-without-known-server",
    family=Family.SUBNET,
    title="Subnet is in use by servers, and none of them is known",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Subnets with a service association link of flexible servers: whether any server in"
    " the data lives there.",
    why="Either the link is a leftover, which keeps the subnet from being deleted or used for"
    " anything else, or servers live there that this login does not see.",
    client_sees="Nothing.",
    confirm="az postgres flexible-server list"
    " --query \"[?network.delegatedSubnetResourceId=='<subnet id>'].id\"",
    fix="Look with a login that reads every subscription. If there is no server, ask Azure support"
    " to remove the link after the delegation is taken off:\n"
    "az network vnet subnet update --resource-group <group> --vnet-name <network>"
    " --name <subnet> --remove delegations",
    unknown_when="Servers of other subscriptions were not read; one of them may live there.",
    sources=(
        "Delete a subnet with a service association link: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-network-manage-subnet",
    ),
    subject=Subnet,
    over=_linked_subnets,
)
def server_subnet_without_known_server(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether a server explains the subnet's link."""
    if facts.topology.servers_in(subnet.id):
        return OK
    place = called(facts, subnet.id)
    if absence(facts, FlexibleServer.KIND, subnet.id) is not Absence.CERTAIN:
        return Unknown(
            message=f"Subnet {place} is in use by servers that were not read.",
            settle_with=settle(facts, FlexibleServer.KIND, subnet.id)
            if facts.topology.all(FlexibleServer)
            else "az postgres flexible-server list",
        )
    return Fail(
        message=f"Subnet {place} is in use by flexible servers, and none lives there.",
        evidence=(
            Evidence(
                subnet.id,
                "properties.serviceAssociationLinks",
                [link.linked_type for link in subnet.service_links],
            ),
        ),
    )
