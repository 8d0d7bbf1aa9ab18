"""Changes to routes, peerings, subnets, interfaces and machines."""

from collections.abc import Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.checks import commands as az
from pgtopo.checks.remedies.routes import route_again, start_vm
from pgtopo.errors import UsageError
from pgtopo.model.ids import name_of
from pgtopo.model.net import parse_address, parse_prefix
from pgtopo.model.network import NetworkInterface, Peering, Subnet, VirtualMachine
from pgtopo.model.patch import delete_row, remove_value, set_value
from pgtopo.model.routing import Route, RouteTable
from pgtopo.views.labels import full_name
from pgtopo.views.whatif.option import Choice, Edit, Option, fresh

_HOPS = ("Internet", "VnetLocal", "VirtualNetworkGateway", "None")


def of_table(facts: Facts, table: RouteTable) -> Iterator[Choice]:
    """A new route, every change to every route, and whether gateway routes reach it."""
    shown = facts.topology.display(table.id)
    yield _new_route(shown, [route.name for route in table.routes])
    is_off = table.is_propagation_disabled
    yield Option(
        "take gateway routes over" if is_off else "keep gateway routes out",
        (set_value(shown, "/properties/disableBgpRoutePropagation", not is_off),),
        (az.route_table_propagation(shown, is_disabled=not is_off),),
        (az.route_table_propagation(shown, is_disabled=is_off),),
    )
    for route in table.routes:
        yield from of_route(facts, table, route)


def of_route(facts: Facts, table: RouteTable, route: Route) -> Iterator[Choice]:
    """Take a route out, or send it elsewhere."""
    shown = facts.topology.display(table.id)
    again = route_again(shown, route)
    what = f"route {route.name} ({route.prefix})"
    yield Option(
        f"take {what} out",
        (delete_row(f"{shown}/routes/{route.name}"),),
        (az.route_delete(shown, route.name),),
        again,
    )
    for hop in _HOPS:
        if hop.lower() != route.hop_type.lower():
            yield _to_hop(shown, route, hop, "", again)
    yield Edit(
        f"send {what} to the appliance at ...",
        route.hop_ip,
        lambda text: _to_hop(shown, route, "VirtualAppliance", _address(text), again),
    )


def _to_hop(shown: str, route: Route, hop: str, address: str, again: tuple[str, ...]) -> Option:
    at = f"/properties/routes/{route.name}/properties"
    ops = [set_value(shown, f"{at}/nextHopType", hop)]
    if address or route.hop_ip:
        ops.append(set_value(shown, f"{at}/nextHopIpAddress", address or None))
    return Option(
        f"send route {route.name} ({route.prefix}) to {hop}{' ' + address if address else ''}",
        tuple(ops),
        (az.route_create(shown, route.name, route.prefix, hop, address),),
        again,
    )


def _address(text: str) -> str:
    if parse_address(text.strip()) is None:
        raise UsageError(f"{text.strip()!r} is no IPv4 address")
    return text.strip()


def _new_route(shown: str, taken: list[str]) -> Edit:
    def make(text: str) -> Option:
        words = text.split()
        if len(words) < 2 or parse_prefix(words[0]) is None:
            raise UsageError("type a prefix and a next hop", "such as 0.0.0.0/0 10.0.0.4")
        is_address = parse_address(words[1]) is not None
        hop = "VirtualAppliance" if is_address else words[1]
        body = {"addressPrefix": words[0], "nextHopType": hop}
        if is_address:
            body["nextHopIpAddress"] = words[1]
        name = fresh("what-if-route", taken)
        row = {"name": name, "id": f"{shown}/routes/{name}", "properties": body}
        return Option(
            f"route {words[0]} to {words[1]}",
            (set_value(shown, f"/properties/routes/{name}", row),),
            (az.route_create(shown, name, words[0], hop, words[1] if is_address else ""),),
            (az.route_delete(shown, name),),
        )

    return Edit("add a route: PREFIX and an appliance's address, Internet, None ...", "", make)


_FLAGS = (
    ("allowVirtualNetworkAccess", "allows_access", "traffic"),
    ("allowForwardedTraffic", "allows_forwarded", "forwarded traffic"),
    ("allowGatewayTransit", "allows_gateway_transit", "gateway transit"),
    ("useRemoteGateways", "uses_remote_gateways", "the use of the other network's gateway"),
)


def of_peering(facts: Facts, peering: Peering) -> Iterator[Choice]:
    """Take a peering out, disconnect or connect it, switch its flags."""
    shown = facts.topology.display(peering.id)
    what = f"peering {full_name(facts.topology, peering.id)}"
    yield Option(f"take {what} out", (delete_row(shown),), (az.peering_delete(shown),))
    other = "Disconnected" if peering.is_connected else "Connected"
    yield Option(f"{what} {other}", (set_value(shown, "/properties/peeringState", other),))
    for field, name, word in _FLAGS:
        now = getattr(peering, name)
        yield Option(
            f"{'stop' if now else 'allow'} {word} over {what}",
            (set_value(shown, f"/properties/{field}", not now),),
            (az.peering_set(shown, field, value=not now),),
            (az.peering_set(shown, field, value=now),),
        )


def of_subnet(facts: Facts, subnet: Subnet) -> Iterator[Choice]:
    """Take the security group or the route table off a subnet."""
    shown = facts.topology.display(subnet.id)
    if subnet.nsg is not None:
        group = facts.topology.display(subnet.nsg)
        yield Option(
            f"take security group {name_of(group)} off subnet {subnet.name}",
            (remove_value(shown, "/properties/networkSecurityGroup"),),
            (az.subnet_drop(shown, "networkSecurityGroup"),),
            (az.subnet_update(shown, network_security_group=group),),
        )
    if subnet.route_table is not None:
        table = facts.topology.display(subnet.route_table)
        yield Option(
            f"take route table {name_of(table)} off subnet {subnet.name}",
            (remove_value(shown, "/properties/routeTable"),),
            (az.subnet_drop(shown, "routeTable"),),
            (az.subnet_update(shown, route_table=table),),
        )


def of_nic(facts: Facts, nic: NetworkInterface) -> Iterator[Choice]:
    """Switch IP forwarding."""
    shown = facts.topology.display(nic.id)
    is_on = nic.has_ip_forwarding
    yield Option(
        f"{'stop' if is_on else 'let'} interface {nic.name} forward{'ing' if is_on else ''}",
        (set_value(shown, "/properties/enableIPForwarding", not is_on),),
        (az.nic_forwarding(shown, is_on=not is_on),),
        (az.nic_forwarding(shown, is_on=is_on),),
    )


def of_machine(facts: Facts, machine: VirtualMachine) -> Iterator[Choice]:
    """Start or stop a machine."""
    if machine.power_state.lower().endswith("running"):
        shown = facts.topology.display(machine.id)
        state = {"instanceView": {"powerState": {"code": "PowerState/deallocated"}}}
        op = set_value(shown, "/properties/extended", state)
        commands = (az.vm_deallocate(shown),)
        yield Option(f"stop machine {machine.name}", (op,), commands, (az.vm_start(shown),))
    else:
        fix = start_vm(facts, machine)
        yield Option(f"start machine {machine.name}", fix.ops, fix.commands, fix.roll_back)
