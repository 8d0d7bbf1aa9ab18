"""A route to a machine whose interface does not forward."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.next_hops import DeviceKind, device_at
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.next_hop_routes import Steered, steered_routes, steered_subnets
from pgtopo.checks.reading import by_id, called
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import route_evidence
from pgtopo.model.network import NetworkInterface, Subnet


@check(
    id="PGT406",
    slug="next-hop-not-forwarding",
    family=Family.ROUTES,
    title="Next hop is a machine whose interface does not forward",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="enableIPForwarding of the interfaces that routes to appliances lead to, in networks"
    " that have to do with servers.",
    why="Azure drops packets that reach an interface without being meant for it, unless IP"
    " forwarding is switched on there. The appliance never sees them.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az network nic show --resource-group <group> --name <interface>"
    " --query enableIPForwarding",
    fix="az network nic update --resource-group <group> --name <interface> --ip-forwarding true\n"
    "The machine's own operating system has to forward as well.",
    unknown_when="The subnet's route table is not in the data, or an interface's row does not state"
    " enableIPForwarding.",
    sources=(
        "Virtual network traffic routing, Virtual appliance: https://learn.microsoft.com/azure/"
        "virtual-network/virtual-networks-udr-overview",
    ),
    remedy=routes.let_forward,
    subject=Subnet,
    over=steered_subnets,
)
def next_hop_not_forwarding(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether every machine that the subnet's routes lead to forwards, one finding per route."""
    found = tuple(
        answer
        for steered in steered_routes(facts, subnet)
        if (answer := _judged(facts, subnet, steered)) is not None
    )
    return found or OK


def _judged(facts: Facts, subnet: Subnet, steered: Steered) -> Fail | Unknown | None:
    if steered.address is None:
        return None
    device = device_at(facts, subnet.network, steered.address)
    nic = facts.topology.get(NetworkInterface, device.id)
    if nic is None and device.nics:
        nic = facts.topology.get(NetworkInterface, device.nics[0])
    if device.kind is not DeviceKind.MACHINE or nic is None or nic.has_ip_forwarding:
        return None
    where = (
        f"Route {steered.route.name} on {called(facts, subnet.id)} leads to {steered.text},"
        f" interface {nic.name}"
    )
    if not nic.is_forwarding_stated:
        return Unknown(
            message=f"{where}; its row does not state whether it forwards.",
            settle_with=by_id(facts, "az network nic show", nic.id),
            evidence=(Evidence(nic.id, "properties.enableIPForwarding", value=None),),
            related=(nic.id, steered.table.id),
            discriminator=f"{steered.route.name} {steered.text}",
        )
    return Fail(
        message=f"{where}, which does not forward.",
        evidence=(
            Evidence(nic.id, "properties.enableIPForwarding", value=False),
            *route_evidence(steered.route),
        ),
        related=(nic.id, steered.table.id),
        discriminator=f"{steered.route.name} {steered.text}",
        cause=nic.id,
    )
