"""An appliance of unknown kind that sees one direction of a connection only."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Stage
from pgtopo.checks.base import Family, Outcome, Severity, Symptom, check
from pgtopo.checks.pair_faults import GRADING, Wanted, by_client, judged
from pgtopo.checks.pairs import pairs_to
from pgtopo.model.server import FlexibleServer

_WANTED = Wanted(
    stages=(Stage.RETURN_ROUTE, Stage.TRANSIT),
    suspected=frozenset({"ONE_WAY_STEERING"}),
    unknown=frozenset({"NEXT_HOP_UNSEEN"}),
)


@check(
    id="PGT412",
    slug="one-way-through-appliance",
    family=Family.ROUTES,
    title="Only one direction passes the appliance between client and server",
    severity=Severity.WARNING,
    grading=GRADING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT, Symptom.DROPPED),
    looks_at="The devices that packets pass from each client to the server and back, where "
    "the one that is passed in one direction only is a machine or load balancer.",
    why="Most appliances keep state and drop a connection of which they see one half. One "
    "that translates the source, or keeps no state, would let it pass; the data does not say.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network watcher show-next-hop --resource-group <group> --vm <client machine> "
    "--source-ip <client address> --dest-ip <server address>",
    fix="Send both directions the same way, or state in the settings file what the appliance "
    "does:\n"
    "az network route-table route create --resource-group <group> --route-table-name <server "
    "subnet's table> --name <route> --address-prefix <client range> --next-hop-type "
    "VirtualAppliance --next-hop-ip-address <firewall address>\n"
    '[[appliance]]\naddress = "<appliance address>"\nsnat = true',
    unknown_when="What stands at the next hop of one of the two ways was not read.",
    sources=(
        "Virtual network traffic routing: https://learn.microsoft.com/azure/virtual-network/"
        "virtual-networks-udr-overview",
    ),
    subject=FlexibleServer,
)
def one_way_through_appliance(facts: Facts, server: FlexibleServer) -> Outcome:
    """Whether both directions pass the same appliances, one finding per client network."""
    pairs = pairs_to(facts, server)
    return judged(facts, pairs, _WANTED, severity=Severity.WARNING, key=by_client)
