"""A server in another region than its network."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import (
    NOT_APPLICABLE,
    OK,
    Fail,
    Family,
    Outcome,
    Severity,
    Unknown,
    check,
)
from pgtopo.checks.reading import not_visible, settle
from pgtopo.checks.scope import injected_servers
from pgtopo.model.ids import ancestor
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer


@check(
    id="PGT607",
    slug="server-away-from-network",
    family=Family.SUBNET,
    title="Server and its network are in different regions",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="The region of each injected server against that of its virtual network.",
    why="A server can only be injected into a network of its own region. Data that shows anything"
    " else was edited or mixed, or an id points at the wrong network.",
    client_sees="Nothing; creating or restoring the server is refused.",
    confirm="az postgres flexible-server show --resource-group <group> --name <server>"
    " --query '[location,network.delegatedSubnetResourceId]'",
    fix="Collect again. For a server in that region, use a network there:\n"
    "az postgres flexible-server restore --resource-group <group> --name <new server>"
    " --source-server <server> --vnet <network of the region> --subnet <subnet>",
    unknown_when="The network is not in the data, or one of the two regions is not stated.",
    sources=(
        "Networking overview with private access, Virtual network concepts:"
        " https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private",
    ),
    subject=FlexibleServer,
    over=injected_servers,
)
def server_away_from_network(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether server and network share a region."""
    network_id = ancestor(server.subnet, "virtualnetworks") if server.subnet else None
    if network_id is None:
        return NOT_APPLICABLE
    network = facts.topology.get(VirtualNetwork, network_id)
    if network is None or not network.location:
        return not_visible(facts, VirtualNetwork.KIND, network_id)
    if not server.location:
        return Unknown(
            message=f"The region of server {server.name} cannot be held against that of its"
            f" network {network.name}: the server's row does not state its location.",
            settle_with=settle(facts, FlexibleServer.KIND, server.id),
            evidence=(Evidence(server.id, "location", value=None),),
            related=(network.id,),
        )
    if network.location == server.location:
        return OK
    return Fail(
        message=f"Server {server.name} is in {server.location}, its network {network.name} in"
        f" {network.location}.",
        evidence=(
            Evidence(server.id, "location", server.location),
            Evidence(network.id, "location", network.location),
        ),
        related=(network.id,),
    )
