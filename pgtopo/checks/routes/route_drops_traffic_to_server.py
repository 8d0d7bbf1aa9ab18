"""A client subnet whose routes drop what is meant for a server."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.intent import SEES_ZONE, hub_between
from pgtopo.checks.pair_faults import GRADING, ROUTES_OPEN, Trouble, Wanted, judged
from pgtopo.checks.pairs import client_places, pairs_of_subnet
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import Subnet

_WANTED = Wanted(
    stages=(Stage.FORWARD_ROUTE,),
    blocked=frozenset({"ROUTE_NONE", "ROUTE_INTERNET", "NO_ROUTE"}),
    unknown=ROUTES_OPEN,
)


@check(
    id="PGT417",
    slug="route-drops-traffic-to-server",
    family=Family.ROUTES,
    title="Routes of a client's subnet drop traffic to a server",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.UNREACHABLE),
    looks_at="The route in force at each client's subnet for the server's private address: "
    "none but the system's drop or default route, or a user-defined one to None or the internet.",
    why="Private ranges that no peering, gateway or route of one's own covers are dropped by "
    "Azure's system routes; a route to None does so on purpose, often long forgotten.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nic show-effective-route-table --ids <client interface id> --query "
    "'value[].[addressPrefix[0],nextHopType,state]'",
    fix="Remove the route that drops the traffic, or peer the networks:\n"
    "az network route-table route delete --resource-group <group> --route-table-name <client "
    "subnet's table> --name <route>",
    unknown_when="The route table of the client's subnet, or how the networks are joined, "
    "was not read.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    remedy=pairs.open_way,
    subject=Subnet,
    over=client_places,
)
def route_drops_traffic_to_server(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the subnet's routes lead to its servers, one finding per server."""
    return judged(
        facts,
        pairs_of_subnet(facts, subnet),
        _WANTED,
        severity=Severity.ERROR,
        test=lambda trouble: _is_of_routes(facts, trouble),
    )


def _is_of_routes(facts: Facts, trouble: Trouble) -> bool:
    """Leaves out networks that are not joined: they have findings of their own."""
    pair = trouble.pair
    if trouble.step.code != "NO_ROUTE" or pair.network is None:
        return True
    is_two_hops = hub_between(facts, pair.network, pair.server) is not None
    return not is_two_hops and pair.reason not in SEES_ZONE
