"""Fixes in route tables and at next hops."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.remedies.names import free_name
from pgtopo.checks.route_tables import has_storage_endpoint, has_tag_route
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.network import NetworkInterface, Subnet, VirtualMachine
from pgtopo.model.patch import delete_row, set_value
from pgtopo.model.routing import Route, RouteTable

_WRITE = "Microsoft.Network/routeTables/routes/write"
_ENTRA = "AzureActiveDirectory"


def add_route(
    facts: Facts, table: RouteTable, name: str, prefix: str, hop: str, hop_ip: str = ""
) -> Fix:
    """Add one route to a table."""
    shown = facts.topology.display(table.id)
    name = free_name(name, (route.name for route in table.routes))
    properties = {"addressPrefix": prefix, "nextHopType": hop}
    if hop_ip:
        properties["nextHopIpAddress"] = hop_ip
    row = {"name": name, "id": f"{shown}/routes/{name}", "properties": properties}
    users = ", ".join(subnet.name for subnet in facts.topology.subnets_using(table.id))
    towards = f"{hop} {hop_ip}".strip()
    return Fix(
        text=f"Add route {name} ({prefix} to {towards}) to route table {table.name}.",
        ops=(set_value(shown, f"/properties/routes/{name}", row),),
        commands=(az.route_create(shown, name, prefix, hop, hop_ip),),
        roll_back=(az.route_delete(shown, name),),
        effect=f"Traffic to {prefix} leaves {users or 'its subnets'} by {towards}.",
        risk="An appliance on the present way no longer sees this traffic.",
        needs=(_WRITE,),
    )


def keep_entra_direct(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Send Entra traffic straight to the service."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    if table is None:
        return ()
    return (add_route(facts, table, "entra-direct", _ENTRA, "Internet"),)


def keep_subnet_local(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Keep traffic within the subnet inside it."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    cidrs = subnet.space.cidrs()
    if table is None or len(cidrs) != 1:
        return ()
    return (add_route(facts, table, "pg-subnet-local", cidrs[0], "VnetLocal"),)


def keep_services_direct(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Give Storage and Entra ID routes of their own, and leave everything else as it is."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    if table is None:
        return ()
    servers = facts.topology.servers_in(subnet.id)
    found = []
    if not has_storage_endpoint(subnet) and not has_tag_route(table, "Storage"):
        regions = sorted({server.location for server in servers if server.location})
        names = [(f"storage-{region}", f"Storage.{region}") for region in regions]
        found += [add_route(facts, table, name, tag, "Internet") for name, tag in names]
    if not has_tag_route(table, _ENTRA):
        found.append(add_route(facts, table, "entra-direct", _ENTRA, "Internet"))
    return (_together(found),) if found else ()


def _together(fixes: list[Fix]) -> Fix:
    """Several routes as one fix."""
    return msgspec.structs.replace(
        fixes[0],
        text=" ".join(fix.text for fix in fixes),
        ops=tuple(op for fix in fixes for op in fix.ops),
        commands=tuple(command for fix in fixes for command in fix.commands),
        roll_back=tuple(command for fix in fixes for command in fix.roll_back),
        effect=" ".join(fix.effect for fix in fixes),
        risk="Nothing else gets out; the NSG still has to let these services through.",
    )


def let_peerings_route(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Let the subnets of a table learn the ranges of peered networks."""
    table = facts.topology.get(RouteTable, subnet.route_table)
    if table is None:
        return ()
    shown = facts.topology.display(table.id)
    fix = Fix(
        text=f"Let route table {table.name} take the routes of peerings again.",
        ops=(set_value(shown, "/properties/disablePeeringRoute", "None"),),
        commands=(az.route_table_peerings(shown, "None"),),
        roll_back=(az.route_table_peerings(shown, "All"),),
        effect="Its subnets reach peered networks directly; NSGs still filter.",
        risk="Traffic that was meant to pass an appliance in between no longer does.",
        needs=("Microsoft.Network/routeTables/write",),
    )
    return (fix,)


def route_again(table: str, route: Route) -> tuple[str, ...]:
    """The command that makes a route as it was; none where it spreads over several next hops."""
    if route.hop_ips or not route.prefix or not route.hop_type:
        return ()
    return (az.route_create(table, route.name, route.prefix, route.hop_type, route.hop_ip),)


def drop_route(facts: Facts, table: RouteTable, route: Route) -> Fix:
    """Take one route away."""
    shown = facts.topology.display(table.id)
    users = ", ".join(subnet.name for subnet in facts.topology.subnets_using(table.id))
    return Fix(
        text=f"Delete route {route.name} ({route.prefix} to {route.hop_type}) from route table"
        f" {table.name}, and let the NSG say what may leave.",
        ops=(delete_row(f"{shown}/routes/{route.name}"),),
        commands=(az.route_delete(shown, route.name),),
        roll_back=route_again(shown, route),
        effect=f"Azure's own route for {route.prefix} counts again in {users or 'its subnets'}.",
        risk="What the NSG does not deny may leave to the internet.",
        needs=("Microsoft.Network/routeTables/routes/delete",),
    )


def let_propagate(facts: Facts, table: RouteTable) -> Fix:
    """Let the subnets of a table learn the routes of their gateway."""
    shown = facts.topology.display(table.id)
    return Fix(
        text=f"Switch gateway route propagation on for route table {table.name}.",
        ops=(set_value(shown, "/properties/disableBgpRoutePropagation", value=False),),
        commands=(az.route_table_propagation(shown, is_disabled=False),),
        roll_back=(az.route_table_propagation(shown, is_disabled=True),),
        effect="Its subnets reach the networks behind the gateway directly.",
        risk="Traffic that was meant to pass a firewall in between no longer does.",
        needs=("Microsoft.Network/routeTables/write",),
    )


def let_forward(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Switch IP forwarding on where an appliance lacks it."""
    nic = facts.topology.get(NetworkInterface, fail.cause)
    return (forward_at(facts, nic.id),) if nic is not None else ()


def forward_at(facts: Facts, nic: ArmId) -> Fix:
    """Let one interface forward packets that are not its own."""
    shown = facts.topology.display(nic)
    return Fix(
        text=f"Switch IP forwarding on for interface {name_of(shown)}.",
        ops=(set_value(shown, "/properties/enableIPForwarding", value=True),),
        commands=(az.nic_forwarding(shown, is_on=True),),
        roll_back=(az.nic_forwarding(shown, is_on=False),),
        effect="Azure hands packets for other addresses to the machine.",
        risk="The machine's own operating system has to forward as well.",
        needs=("Microsoft.Network/networkInterfaces/write",),
    )


def start_machine(facts: Facts, subnet: Subnet, fail: Fail) -> tuple[Fix, ...]:
    """Start the machine that a route leads to."""
    machine = facts.topology.get(VirtualMachine, fail.cause)
    return (start_vm(facts, machine),) if machine is not None else ()


def start_vm(facts: Facts, machine: VirtualMachine) -> Fix:
    """Start one machine."""
    shown = facts.topology.display(machine.id)
    running = {"instanceView": {"powerState": {"code": "PowerState/running"}}}
    return Fix(
        text=f"Start machine {machine.name}.",
        ops=(set_value(shown, "/properties/extended", running),),
        commands=(az.vm_start(shown),),
        roll_back=(az.vm_deallocate(shown),),
        effect="Traffic that is routed to it passes again.",
        risk="Find out first why it was stopped.",
        needs=("Microsoft.Compute/virtualMachines/start/action",),
    )
