"""Filters, routes and endpoints in plain words."""

from pgtopo.model.endpoint import PrivateEndpoint
from pgtopo.model.network import NetworkInterface, Subnet
from pgtopo.model.nsg import NetworkSecurityGroup, SecurityRule
from pgtopo.model.routing import RouteTable
from pgtopo.model.server import FlexibleServer
from pgtopo.views.lines import Tone
from pgtopo.views.overview.writing import Page


def write_nsg(page: Page, nsg: NetworkSecurityGroup) -> None:
    """Where a network security group applies, and its rules in the order they are asked."""
    topology = page.topology
    subnets = topology.subnets_using(nsg.id)
    nics = topology.index("nics by nsg", NetworkInterface, lambda n: (n.nsg,)).get(nsg.id, [])
    page.refs("Subnets", [s.id for s in subnets])
    page.refs("Interfaces", [n.id for n in nics])
    if not subnets and not nics:
        page.say("Nothing in this data uses it.", Tone.DIM)
    write_rules(page, nsg)


def write_rules(page: Page, nsg: NetworkSecurityGroup) -> None:
    """The rules of a network security group in the order they are asked."""
    for direction in ("Inbound", "Outbound"):
        page.head(f"{direction} rules, first match decides")
        for rule in sorted(_in_direction(nsg, direction), key=_priority):
            _rule(page, rule)


def _in_direction(nsg: NetworkSecurityGroup, direction: str) -> list[SecurityRule]:
    wanted = direction.lower()
    return [
        rule
        for rule in (*nsg.rules, *nsg.default_rules)
        if rule.properties and (rule.properties.direction or "").lower() == wanted
    ]


def _priority(rule: SecurityRule) -> tuple[int, str]:
    body = rule.properties
    return (body.priority if body and body.priority is not None else 1 << 20), rule.name or ""


def _rule(page: Page, rule: SecurityRule) -> None:
    body = rule.properties
    if body is None:
        return
    access = body.access or "?"
    tone = Tone.GOOD if access.lower() == "allow" else Tone.BAD
    source = _side(body.source_address_prefix, body.source_address_prefixes)
    target = _side(body.destination_address_prefix, body.destination_address_prefixes)
    ports = _side(body.destination_port_range, body.destination_port_ranges)
    if body.source_application_security_groups:
        source = "application group"
    if body.destination_application_security_groups:
        target = "application group"
    page.fact(
        f"{body.priority or '?':>5} {access}",
        f"{rule.name}: {source} to {target}, port {ports}",
        tone,
    )


def _side(one: str | None, several: tuple[str, ...] | None) -> str:
    every = [text for text in (*(several or ()), one or "") if text]
    if len(every) > 3:
        return f"{', '.join(every[:3])} and {len(every) - 3} more"
    return ", ".join("any" if text == "*" else text for text in every) or "?"


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
