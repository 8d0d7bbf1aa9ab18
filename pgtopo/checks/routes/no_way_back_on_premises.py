"""A server whose subnet takes no gateway routes and has no route back on premises."""

from pgtopo.analysis.clients.parties import Home
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, Trouble, Wanted, by_client, judged
from pgtopo.checks.pairs import pairs_to
from pgtopo.checks.remedies import pairs
from pgtopo.model.network import Subnet
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FlexibleServer

_WANTED = Wanted(
    stages=(Stage.RETURN_ROUTE,),
    blocked=frozenset({"NO_ROUTE", "ROUTE_INTERNET", "NO_GATEWAY"}),
    unknown=frozenset({"BGP_ROUTES_UNSEEN", "OVER_THE_INTERNET", "ROUTE_UNKNOWN"}),
)


@check(
    id="PGT413",
    slug="no-way-back-on-premises",
    family=Family.ROUTES,
    title="Server's subnet has no route back to a client on premises",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The way back from servers to clients on premises, where the route table of the "
    "server's subnet switches the propagation of gateway routes off.",
    why="Without propagation the subnet does not learn what lies behind the gateway. Unless "
    "a user-defined route leads there, the answers are dropped.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network route-table show --resource-group <group> --name <server subnet's "
    "table> --query '[disableBgpRoutePropagation,routes[].addressPrefix]'",
    fix="az network route-table route create --resource-group <group> --route-table-name "
    "<server subnet's table> --name <route> --address-prefix <on-premises range> --next-hop-type "
    "VirtualNetworkGateway",
    unknown_when="The way back depends on routes that are not in the data.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    remedy=pairs.open_way,
    subject=FlexibleServer,
)
def no_way_back_on_premises(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether answers find back to clients on premises, one finding per declared range."""
    table = _deaf_table(facts, server)
    return judged(
        facts,
        tuple(p for p in pairs_to(facts, server) if p.part.home is Home.ONPREM),
        _WANTED,
        severity=Severity.ERROR,
        key=by_client,
        test=lambda trouble: table is not None or _is_open(trouble),
        cause=lambda _: table.id if table is not None else None,
    )


def _is_open(trouble: Trouble) -> bool:
    return not trouble.is_fault


def _deaf_table(facts: Facts, server: FlexibleServer) -> RouteTable | None:
    """The table of the server's subnet where it switches propagation off."""
    subnet = facts.topology.get(Subnet, server.subnet)
    table = facts.topology.get(RouteTable, subnet.route_table) if subnet is not None else None
    return table if table is not None and table.is_propagation_disabled else None
