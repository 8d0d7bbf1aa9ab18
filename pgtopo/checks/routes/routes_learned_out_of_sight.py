"""A server's network whose routes are partly learned by something no row shows."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.gateways import route_server_for
from pgtopo.analysis.verdict import Evidence
from pgtopo.analysis.wording import called
from pgtopo.checks.base import OK, Family, Outcome, Severity, Unknown, check
from pgtopo.checks.scope import server_networks
from pgtopo.model.ids import ArmId, type_of
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.routing import HubConnection, RoutingIntent


@check(
    id="PGT421",
    slug="routes-learned-out-of-sight",
    family=Family.ROUTES,
    title="Routes around servers are learned and cannot be seen",
    severity=Severity.INFO,
    since="0.1",
    symptoms=(),
    looks_at="Networks with servers that a Route Server feeds, or that hang on a Virtual WAN hub"
    " with routing intent.",
    why="Such routes come from appliances over BGP or from the hub's own rules. Azure's inventory"
    " does not hold them, so paths that need them stay open.",
    client_sees="Nothing by itself; verdicts about routes stay open.",
    confirm="az network routeserver peering list-learned-routes --resource-group <group>"
    " --routeserver <route server> --name <peering>",
    fix="Add the effective routes of an interface to what was collected, or read them by hand:\n"
    "az network nic show-effective-route-table --resource-group <group> --name <interface>",
    unknown_when="A Route Server or routing intent is there; that is all this check tells.",
    sources=(
        "About Azure Route Server: https://learn.microsoft.com/azure/route-server/overview",
        "About virtual hub routing: https://learn.microsoft.com/azure/virtual-wan/"
        "about-virtual-hub-routing",
    ),
    subject=VirtualNetwork,
    over=server_networks,
    never_fails=True,
)
def routes_learned_out_of_sight(facts: Facts, network: VirtualNetwork) -> Outcome:
    """Whether every route of the network can be worked out from rows."""
    feeder = route_server_for(facts, network.id) or _hub_with_intent(facts, network.id)
    if feeder is None:
        return OK
    return Unknown(
        message=f"Network {network.name} gets routes from {called(facts, feeder)} that no row"
        " shows.",
        settle_with="az network nic show-effective-route-table --resource-group <group>"
        " --name <interface in the network>",
        evidence=(Evidence(feeder, "type", type_of(feeder)),),
        related=(feeder,),
    )


def _hub_with_intent(facts: Facts, network: ArmId) -> ArmId | None:
    topology = facts.topology
    connections = topology.index("hub connections", HubConnection, lambda c: (c.network,))
    intents = topology.index("routing intents", RoutingIntent, lambda i: (i.hub,))
    hubs = (connection.hub for connection in connections.get(network, []))
    return next((intents[hub][0].id for hub in hubs if hub in intents), None)
