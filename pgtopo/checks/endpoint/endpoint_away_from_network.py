"""A private endpoint in another region or subscription than its network."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.reading import called, not_visible, settle
from pgtopo.checks.scope import postgres_endpoints
from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.ids import ancestor, subscription_of
from pgtopo.model.network import VirtualNetwork


@check(
    id="PGT910",
    slug="endpoint-away-from-network",
    family=Family.ENDPOINT,
    title="Private endpoint is not where its network is",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(),
    looks_at="Region and subscription of each private endpoint to a server against those of the"
    " virtual network it sits in.",
    why="An endpoint has to be made in the region and the subscription of its network; the server"
    " may be anywhere. Anything else is refused, so data that shows it is stale or was edited.",
    client_sees="Nothing; creating or updating the endpoint is refused.",
    confirm="az network private-endpoint show --resource-group <group> --name <endpoint>"
    " --query '[location,subnet.id]'",
    fix="Collect again. If it stands, make the endpoint anew beside its network:\n"
    "az network private-endpoint create --subscription <network's subscription>"
    " --location <network's region> --resource-group <group> --name <endpoint>"
    " --vnet-name <network> --subnet <subnet> --private-connection-resource-id <server id>"
    " --group-id postgresqlServer --connection-name <connection>",
    unknown_when="The endpoint names no subnet, or the network is not in the data and its"
    " subscription is the same.",
    sources=(
        "What is a private endpoint: https://learn.microsoft.com/azure/private-link/"
        "private-endpoint-overview",
    ),
    subject=PrivateEndpoint,
    over=postgres_endpoints,
)
def endpoint_away_from_network(facts: Facts, endpoint: PrivateEndpoint) -> Outcome:
    """Whether endpoint and network share region and subscription."""
    network_id = ancestor(endpoint.subnet, "virtualnetworks") if endpoint.subnet else None
    if endpoint.subnet is None or network_id is None:
        return Unknown(
            message=f"Private endpoint {endpoint.name} names no subnet.",
            settle_with=settle(facts, PrivateEndpoint.KIND, endpoint.id),
        )
    place = Evidence(endpoint.id, "properties.subnet.id", facts.topology.display(endpoint.subnet))
    if subscription_of(endpoint.id) != subscription_of(network_id):
        return Fail(
            message=f"Private endpoint {endpoint.name} and its network"
            f" {called(facts, network_id)} are in different subscriptions.",
            evidence=(place,),
            related=(network_id,),
            discriminator="subscription",
        )
    network = facts.topology.get(VirtualNetwork, network_id)
    if network is None or not network.location or not endpoint.location:
        return not_visible(facts, VirtualNetwork.KIND, network_id)
    if network.location == endpoint.location:
        return OK
    return Fail(
        message=f"Private endpoint {endpoint.name} is in {endpoint.location}, its network"
        f" {network.name} in {network.location}.",
        evidence=(
            Evidence(endpoint.id, "location", endpoint.location),
            Evidence(network.id, "location", network.location),
        ),
        related=(network.id,),
        discriminator="region",
    )
