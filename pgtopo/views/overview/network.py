"""Networks, subnets and peerings in plain words."""

from pgtopo.model.ids import name_of
from pgtopo.model.net import format_address
from pgtopo.model.network import (
    RESERVED_SUBNETS,
    NetworkInterface,
    Peering,
    Subnet,
    VirtualMachine,
    VirtualNetwork,
)
from pgtopo.views.labels import unfinished
from pgtopo.views.lines import Tone
from pgtopo.views.overview.writing import Page, yes_no
from pgtopo.views.signs import count


def write_network(page: Page, network: VirtualNetwork) -> None:
    """Address space, name resolution, neighbours and linked zones of a network."""
    topology = page.topology
    page.fact("Addresses", ", ".join(network.prefixes) or "none stated")
    page.fact("Region", network.location)
    dns = ", ".join(network.dns_servers)
    page.fact("DNS", f"its own servers: {dns}" if dns else "Azure-provided (168.63.129.16)")
    subnets = topology.subnets_of(network.id)
    servers = [s.id for subnet in subnets for s in topology.servers_in(subnet.id)]
    page.refs("Servers", servers)
    page.head("Subnets")
    if not subnets:
        page.say("None in this data.", Tone.DIM)
    for subnet in subnets:
        page.item(subnet.id, _subnet_note(page, subnet))
    page.head("Peered with")
    peerings = topology.peerings_of(network.id)
    if not peerings:
        page.say("No network.", Tone.DIM)
    for peering in peerings:
        page.item(peering.remote or peering.id, *_state(peering))
    page.head("Zones linked")
    links = topology.links_of_network(network.id)
    if not links:
        page.say("No private zone, as far as this data shows.", Tone.DIM)
    for link in links:
        page.item(link.zone, unfinished(link), Tone.RISK)


def _subnet_note(page: Page, subnet: Subnet) -> str:
    servers = len(page.topology.servers_in(subnet.id))
    parts = [", ".join(subnet.prefixes), count(servers, "server") if servers else ""]
    return "  ".join(part for part in parts if part)


def _state(peering: Peering) -> tuple[str, Tone]:
    if not peering.state:
        return "state not stated", Tone.UNKNOWN
    return peering.state, Tone.DIM if peering.is_connected else Tone.BAD


def write_subnet(page: Page, subnet: Subnet) -> None:
    """Range, purpose, filter, routes and tenants of a subnet."""
    topology = page.topology
    page.fact("Addresses", ", ".join(subnet.prefixes) or "none stated")
    page.ref("Network", subnet.network, kind=VirtualNetwork.KIND)
    reserved = RESERVED_SUBNETS.get(subnet.name.lower())
    delegated = ", ".join(subnet.delegations)
    page.fact("Delegated to", delegated or (f"reserved for {reserved}" if reserved else "nobody"))
    page.ref("Filter (NSG)", subnet.nsg)
    if subnet.nsg is None:
        page.fact("Filter (NSG)", "none: nothing is filtered at the subnet", Tone.DIM)
    page.ref("Route table", subnet.route_table)
    if subnet.route_table is None:
        page.fact("Route table", "none: Azure's own routes apply", Tone.DIM)
    page.ref("NAT gateway", subnet.nat_gateway)
    ends = [f"{e.service} ({', '.join(e.locations) or 'any'})" for e in subnet.service_endpoints]
    page.fact("Service ends", ", ".join(ends))
    page.fact("Outbound", "" if subnet.default_outbound is None else _outbound(subnet))
    page.refs("Servers", [s.id for s in topology.servers_in(subnet.id)])
    nics = topology.nics_in(subnet.id)
    page.refs("Interfaces", [n.id for n in nics])


def _outbound(subnet: Subnet) -> str:
    return "Azure gives a default way out" if subnet.default_outbound else "no default way out"


def write_peering(page: Page, peering: Peering) -> None:
    """Both halves of a peering."""
    tone = Tone.GOOD if peering.is_connected else Tone.BAD
    page.fact("State", peering.state or "not stated", tone if peering.state else Tone.UNKNOWN)
    page.ref("From", peering.network, kind=VirtualNetwork.KIND)
    page.ref("To", peering.remote, kind=VirtualNetwork.KIND)
    page.fact("Sync", peering.sync_level)
    page.fact("Carries", "traffic" if peering.allows_access else "nothing (access is off)")
    page.fact(
        "Forwarded", f"{yes_no(peering.allows_forwarded)}: traffic from beyond {_near(peering)}"
    )
    page.fact("Gateway", _gateway(peering))
    page.fact("Routed now", ", ".join(peering.remote_prefixes))
    if not peering.is_complete:
        page.fact("Only subnets", ", ".join(peering.local_subnets + peering.remote_subnets))
    page.head("Other half")
    other = page.topology.reverse_of(peering)
    if other is not None:
        page.ref("Peering", other.id, other.state)
    elif peering.remote is not None and page.topology.find(peering.remote) is not None:
        page.say("The other network has no peering back.", Tone.BAD)
    else:
        page.say("The other network is not in this data, so its half is unknown.", Tone.UNKNOWN)


def _near(peering: Peering) -> str:
    return name_of(peering.remote) if peering.remote else "the other network"


def _gateway(peering: Peering) -> str:
    if peering.uses_remote_gateways:
        return "uses the other network's gateway"
    return "lends its own gateway" if peering.allows_gateway_transit else "not shared"


def write_nic(page: Page, nic: NetworkInterface) -> None:
    """Owner, addresses and filter of a network interface."""
    page.ref("Machine", nic.vm, kind=VirtualMachine.KIND)
    page.ref("Endpoint", nic.private_endpoint)
    for config in nic.configurations:
        shown = format_address(config.address) if config.address is not None else "no IPv4 address"
        page.fact("Address", shown)
        page.ref("Subnet", config.subnet, kind=Subnet.KIND)
        page.ref("Public address", config.public_ip)
        page.refs("Groups (ASG)", config.asgs)
        page.fact("Names", ", ".join(config.fqdns))
    page.ref("Filter (NSG)", nic.nsg)
    page.fact("Forwards IP", yes_no(nic.has_ip_forwarding))
    page.fact("DNS", ", ".join(nic.dns_servers))
    if len(nic.configurations) > 1:
        page.say(count(len(nic.configurations), "configuration"), Tone.DIM)
