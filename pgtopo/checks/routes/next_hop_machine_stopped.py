"""A route to a machine that does not run."""

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.routes.next_hops import DeviceKind, device_at
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.base import OK, Fail, Family, Outcome, Severity, Symptom, Unknown, check
from pgtopo.checks.next_hop_routes import Steered, steered_routes, steered_subnets
from pgtopo.checks.reading import by_id, called
from pgtopo.checks.remedies import routes
from pgtopo.checks.route_tables import route_evidence
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine

_UP = ("running", "starting")
_DOWN = ("stopping", "stopped", "deallocating", "deallocated")
_POWER = "properties.extended.instanceView.powerState.code"


@check(
    id="PGT407",
    slug="next-hop-machine-stopped",
    family=Family.ROUTES,
    title="Next hop is a machine that does not run",
    severity=Severity.ERROR,
    since="0.1",
    symptoms=(Symptom.TIMEOUT,),
    looks_at="The power state of the machines that routes to appliances lead to, in networks that"
    " have to do with servers.",
    why="A stopped appliance passes nothing on, and routes go on leading to it.",
    client_sees='connection to server at "<server>", port 5432 failed: timeout expired',
    confirm="az vm get-instance-view --resource-group <group> --name <machine>"
    " --query 'instanceView.statuses[].code'",
    fix="az vm start --resource-group <group> --name <machine>",
    unknown_when="The machine is not in the data, or its power state is not stated or unknown to"
    " Azure.",
    sources=(
        "Diagnose a virtual machine routing problem: https://learn.microsoft.com/azure/"
        "virtual-network/diagnose-network-routing-problem",
    ),
    remedy=routes.start_machine,
    subject=Subnet,
    over=steered_subnets,
)
def next_hop_machine_stopped(facts: Facts, subnet: Subnet) -> Outcome:
    """Whether every machine that the subnet's routes lead to runs, one answer per route."""
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
    nic = facts.topology.get(NetworkInterface, device.nics[0] if device.nics else device.id)
    if device.kind is not DeviceKind.MACHINE or nic is None or nic.vm is None:
        return None
    machine = facts.topology.get(VirtualMachine, nic.vm)
    power = machine.power_state.lower() if machine else ""
    name = called(facts, nic.vm)
    where = f"Route {steered.route.name} on {called(facts, subnet.id)}"
    key = f"{steered.route.name} {steered.text}"
    if machine is not None and power.endswith(_UP):
        return None
    if machine is None or not power.endswith(_DOWN):
        stated = f" ({machine.power_state})" if machine is not None and power else ""
        return Unknown(
            message=f"{where} leads to machine {name}, whose power state is not known{stated}.",
            settle_with=by_id(facts, "az vm get-instance-view", nic.vm),
            related=(nic.vm,),
            discriminator=key,
        )
    return Fail(
        message=f"{where} leads to machine {name}, which is {machine.power_state}.",
        evidence=(
            Evidence(machine.id, _POWER, machine.power_state),
            *route_evidence(steered.route),
        ),
        related=(machine.id, steered.table.id),
        discriminator=key,
        cause=machine.id,
    )
