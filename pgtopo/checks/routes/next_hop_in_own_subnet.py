"""A route to an appliance that sits in the subnet it serves."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, check
from pgtopo.checks.next_hop_routes import steered_routes, steered_subnets
from pgtopo.checks.reading import called
from pgtopo.checks.route_tables import route_evidence
from pgtopo.model.network import Subnet


@check(
    id="PGT408",
    slug="next-hop-in-own-subnet",
    family=Family.ROUTES,
    title="Appliance sits in the subnet whose traffic is sent to it",
    severity=Severity.WARNING,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Routes to appliances in networks that have to do with servers: whether the next"
    " hop's address lies in the subnet that uses the route table.",
    why="What the appliance passes on leaves from the same subnet, meets the same route and comes"
    " back to the appliance: a loop.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nic show-effective-route-table --resource-group <group>"
    " --name <appliance interface> --output table",
    fix="Move the appliance to a subnet of its own, without this route table:\n"
    "az network vnet subnet create --resource-group <group> --vnet-name <network>"
    " --name <appliance subnet> --address-prefixes <range>",
    unknown_when="The subnet's route table is not in the data.",
    sources=(
        "Virtual network traffic routing, Virtual appliance: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-networks-udr-overview",
    ),
    subject=Subnet,
    over=steered_subnets,
)
def next_hop_in_own_subnet(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether the next hops lie outside the subnet, one finding per route."""
    found = tuple(
        Fail(
            message=f"Route {steered.route.name} sends traffic of {called(facts, subnet.id)} to"
            f" {steered.text}, which lies in that subnet.",
            evidence=route_evidence(steered.route),
            related=(steered.table.id,),
            discriminator=f"{steered.route.name} {steered.text}",
            cause=steered.route.id,
        )
        for steered in steered_routes(facts, subnet)
        if steered.address is not None and steered.address in subnet.space
    )
    return found or OK
