"""Filters, routes and endpoints in plain words."""

from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FlexibleServer
from pgtopo.views.lines import Tone
from pgtopo.views.overview.writing import Page
from pgtopo.views.stored_rules import access_of, in_order, in_words


def write_nsg(page: Page, nsg: NetworkSecurityGroup) -> None:
    """Where a network security group applies, and its rules in the order they are asked."""
    topology = page.topology
    subnets = topology.subnets_using(nsg.id)
    nics = topology.index("nics by nsg", NetworkInterface, lambda n: (n.nsg,)).get(nsg.id, [])
    page.refs("Subnets", [s.id for s in subnets])
    page.refs("Interfaces", [n.id for n in nics])
    if not subnets and not nics:
        page.say("Nothing in this data uses it.", Tone.DIM)
    for direction in ("Inbound", "Outbound"):
        page.head(f"{direction} rules, first match decides")
        for rule in in_order(nsg, direction):
            priority, access, tone = access_of(rule)
            page.fact(f"{priority} {access}", in_words(rule), tone)


def write_routes(page: Page, table: RouteTable) -> None:
    """Where a route table applies, and its routes."""
    page.refs("Subnets", [s.id for s in page.topology.subnets_using(table.id)])
    page.fact("From gateways", "off" if table.is_propagation_disabled else "routes are taken over")
    page.head("Routes")
    if not table.routes:
        page.say("None: Azure's own routes apply.", Tone.DIM)
    for route in table.routes:
        hops = route.hop_ip or ", ".join(route.hop_ips)
        hop = f"{route.hop_type or '?'}{' ' + hops if hops else ''}"
        page.fact(route.prefix[:14] or "?", f"{_rest(route.prefix)}to {hop}  ({route.name})")


def _rest(prefix: str) -> str:
    return f"({prefix}) " if len(prefix) > 14 else ""


def write_endpoint(page: Page, endpoint: PrivateEndpoint) -> None:
    """What a private endpoint leads to, and where it sits."""
    page.ref("Subnet", endpoint.subnet, kind=Subnet.KIND)
    for connection in endpoint.connections:
        page.ref("Leads to", connection.target, kind=FlexibleServer.KIND)
        is_good = connection.status.lower() == "approved"
        tone = Tone.GOOD if is_good else Tone.BAD if connection.status else Tone.UNKNOWN
        page.fact("Connection", connection.status or "not stated", tone)
    page.refs("Interfaces", endpoint.nics)
    for name, addresses in endpoint.dns_configs:
        page.fact("Name", f"{name} is {', '.join(addresses)}")
    page.fact("Provisioning", endpoint.provisioning)
