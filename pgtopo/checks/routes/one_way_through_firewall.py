"""A firewall that sees one direction of a connection only."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, ROUTES_OPEN, Trouble, Wanted, by_client, judged
from pgtopo.checks.pairs import pairs_to
from pgtopo.checks.remedies import pairs
from pgtopo.model.ids import ArmId
from pgtopo.model.network import Subnet
from pgtopo.model.server import FlexibleServer

_WANTED = Wanted(
    stages=(Stage.RETURN_ROUTE,), blocked=frozenset({"ASYMMETRIC_PATH"}), unknown=ROUTES_OPEN
)


@check(
    id="PGT411",
    slug="one-way-through-firewall",
    family=Family.ROUTES,
    title="Only one direction passes the firewall between client and server",
    severity=Severity.ERROR,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.DROPPED),
    looks_at="The devices that packets pass from each client to the server and back, as the "
    "routes of both subnets lead them; a firewall on one way must be on the other.",
    why="Azure Firewall keeps state and does not translate private addresses by default: it "
    "drops a connection of which it sees one half.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network watcher show-next-hop --resource-group <group> --vm <client machine> "
    "--source-ip <client address> --dest-ip <server address>",
    fix="Send both directions the same way, here the answers through the firewall too:\n"
    "az network route-table route create --resource-group <group> --route-table-name <server "
    "subnet's table> --name <route> --address-prefix <client range> --next-hop-type "
    "VirtualAppliance --next-hop-ip-address <firewall address>",
    unknown_when="A route table on one of the two ways was not read, or a learned route decides.",
    sources=(
        "Azure Firewall SNAT private IP address ranges: https://learn.microsoft.com/azure/firewall/"
        "snat-private-range",
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    remedy=pairs.open_way,
    subject=FlexibleServer,
)
def one_way_through_firewall(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether both directions pass the same firewalls, one finding per client network."""
    return judged(
        facts,
        pairs_to(facts, server),
        _WANTED,
        severity=Severity.ERROR,
        key=by_client,
        cause=lambda trouble: _table(facts, trouble),
    )


def _table(facts: Facts, trouble: Trouble) -> ArmId | None:
    """The route table of the server's subnet, by which answers leave."""
    subnet = facts.topology.get(Subnet, trouble.pair.server.subnet)
    return (subnet.route_table or subnet.id) if subnet is not None else None
