"""A route whose next hop address belongs to nothing."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.next_hops import DeviceKind, device_at
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.next_hop_routes import Steered, steered_routes, steered_subnets
from pgtopo.checks.reading import by_id, called
from pgtopo.checks.route_tables import route_evidence
from pgtopo.model.network import Subnet, VirtualNetwork


@check(
    id="PGT405",
    slug="next-hop-unowned",
    family=Family.ROUTES,
    title="Next hop of a route belongs to nothing",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="Routes to appliances in the route tables of networks that have to do with servers:"
    " whether an interface, firewall or load balancer in the own or a directly peered network has"
    " the next hop's address.",
    why="Packets for an address that nobody has are dropped, and the route takes them away from"
    " the way they would have gone.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm='az network nic list --query "[?ipConfigurations[?privateIPAddress=='
    "'<next hop address>']].id\"",
    fix="Point the route at the appliance's address, or remove it:\n"
    "az network route-table route update --resource-group <group>"
    " --route-table-name <route table> --name <route> --next-hop-ip-address <appliance address>",
    unknown_when="Interfaces, firewalls or load balancers of the network that owns the address"
    " range were not read, nor all peerings of the own network, or the route states no address.",
    sources=(
        "Virtual network traffic routing, Virtual appliance: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-networks-udr-overview",
    ),
    subject=Subnet,
    over=steered_subnets,
)
def next_hop_unowned(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether each next hop of the subnet's routes exists, one answer per route."""
    found = tuple(
        answer
        for steered in steered_routes(facts, subnet)
        if (answer := _judged(facts, subnet, steered)) is not None
    )
    return found or OK


def _judged(facts: Facts, subnet: Subnet, steered: Steered) -> Fail | Unknown | None:
    route, table = steered.route, steered.table
    if steered.address is None:
        said = f"Route {route.name} of {table.name} leads to an appliance and states no address."
        if steered.text:
            said = f"Next hop {steered.text} of route {route.name} in {table.name} is no address."
        return Unknown(
            message=said,
            settle_with=by_id(facts, "az network route-table route show", route.id),
            evidence=route_evidence(route),
            discriminator=f"{route.name} {steered.text}",
        )
    device = device_at(facts, subnet.network, steered.address)
    if device.kind is DeviceKind.UNSEEN:
        return Unknown(
            message=f"Route {route.name} of {table.name} leads to {steered.text}; what has that"
            " address was not read.",
            settle_with="Reader on network interfaces, firewalls and load balancers of"
            f" {called(facts, device.network or subnet.network)}, then collect again",
            evidence=route_evidence(route),
            related=(table.id,),
            discriminator=f"{route.name} {steered.text}",
        )
    if device.kind not in (DeviceKind.UNOWNED, DeviceKind.OUT_OF_REACH):
        return None
    if device.kind is DeviceKind.OUT_OF_REACH and _is_behind_peering(facts, subnet, steered):
        return None
    reason = (
        "which lies outside its own and directly peered networks"
        if device.kind is DeviceKind.OUT_OF_REACH
        else "which belongs to no interface, firewall or load balancer"
    )
    return Fail(
        message=f"Route {route.name} on {called(facts, subnet.id)} leads to {steered.text},"
        f" {reason}.",
        evidence=route_evidence(route),
        related=(table.id,),
        discriminator=f"{route.name} {steered.text}",
        cause=route.id,
    )


def _is_behind_peering(facts: Facts, subnet: Subnet, steered: Steered) -> bool:
    """Whether the address lies in a network that a peering leads to which does not work.

    The peering is the fault then, and has checks of its own.
    """
    for peering in facts.topology.peerings_of(subnet.network):
        remote = facts.topology.get(VirtualNetwork, peering.remote)
        space = peering.remote_space | remote.space if remote else peering.remote_space
        if steered.address is not None and steered.address in space:
            return True
    return False
