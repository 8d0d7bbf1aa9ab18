"""The pattern every spoke follows, and the pattern every injected server follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.estates.contoso.plan import (
    NEU_PROD,
    ORDERS_NEU,
    WEU,
    WEU_NONPROD,
    WEU_PROD,
    Hub,
)
from tests.estates.rows import Row
from tests.estates.world import World, hex_label, route, rule

PROD_TAGS = {"env": "prod", "owner": "team-data"}
NONPROD_TAGS = {"env": "nonprod", "owner": "team-data"}


@dataclass(frozen=True)
class Spoke:
    """A spoke and the hub it hangs on."""

    vnet: str
    name: str
    hub: Hub
    region_tail: str = field(default="")

    def subnet(self, name: str) -> str:
        """The id of one of its subnets."""
        return f"{self.vnet}/subnets/{name}"


def add_spoke(world: World, hub: Hub, name: str, *prefixes: str, dns: Sequence[str] = ()) -> Spoke:
    """A network peered with its hub, using the hub's gateway; its first /20 is known there."""
    tail = "weu" if hub.region == WEU else "neu"
    vnet = world.vnet(f"vnet-{name}-{tail}", *prefixes, dns=dns, tags={"workload": name})
    world.peer(
        hub.vnet,
        vnet,
        {"allowForwardedTraffic": True, "allowGatewayTransit": True},
        {"allowForwardedTraffic": True, "useRemoteGateways": True},
    )
    return Spoke(vnet, name, hub, tail)


def through_firewall(hub: Hub) -> list[Row]:
    """The routes that send spoke-to-spoke and office traffic to the hub's firewall."""
    if hub.region != WEU:
        return [route("to-spokes", NEU_PROD, "VirtualAppliance", hub.firewall)]
    return [
        route("to-prod", WEU_PROD, "VirtualAppliance", hub.firewall),
        route("to-nonprod", WEU_NONPROD, "VirtualAppliance", hub.firewall),
        route("to-office", hub.office, "VirtualAppliance", hub.firewall),
    ]


def client_routes(hub: Hub, is_peered_with_orders: bool = False) -> list[Row]:
    """The routes of a subnet of clients whose internet traffic leaves through the firewall."""
    routes = [route("default", "0.0.0.0/0", "VirtualAppliance", hub.firewall)]
    routes += through_firewall(hub)
    if hub.region == WEU and not is_peered_with_orders:
        routes.append(route("to-orders-neu", ORDERS_NEU, "VirtualAppliance", hub.firewall))
    return routes


def add_clients(
    world: World,
    spoke: Spoke,
    subnet: str,
    prefix: str,
    *machines: str,
    table: str | None = None,
    nat: str | None = None,
    rules: Sequence[Row] = (),
) -> str:
    """A subnet of application servers with its security group, and the machines in it."""
    short = subnet.removeprefix("snet-")
    inbound = rule("allow-https", 200, "Allow", src="VirtualNetwork", ports="443")
    nsg = world.nsg(f"nsg-{short}-{spoke.region_tail}", inbound, *rules)
    subnet_id = world.subnet(spoke.vnet, subnet, prefix, nsg=nsg, route_table=table, nat=nat)
    base = prefix.rsplit(".", 1)[0]
    for number, machine in enumerate(machines):
        nic = world.nic(f"nic-{machine.removeprefix('vm-')}", subnet_id, f"{base}.{10 + number}")
        world.vm(machine, nic)
    return subnet_id


def add_server_subnet(
    world: World,
    spoke: Spoke,
    name: str,
    prefix: str,
    callers: Sequence[str],
    routes: Sequence[Row] | None = None,
    has_final_deny: bool = True,
    ports: str | list[str] = "5432",
) -> str:
    """A delegated subnet with the rules and routes that flexible servers need."""
    short = name.removeprefix("snet-")
    rules = [
        rule("allow-postgres-in-subnet", 100, "Allow", src=prefix, dst=prefix, ports=ports),
        rule("allow-postgres-from-apps", 110, "Allow", src=callers, dst=prefix, ports=ports),
        rule("out-postgres-in-subnet", 100, "Allow", "Outbound", "Tcp", prefix, prefix, ports),
        rule("out-storage", 110, "Allow", "Outbound", dst="Storage", ports="443"),
        rule("out-entra", 120, "Allow", "Outbound", dst="AzureActiveDirectory", ports="443"),
    ]
    if has_final_deny:
        rules.append(rule("deny-all-in", 4096, "Deny", protocol="*"))
    nsg = world.nsg(f"nsg-{short}-{spoke.region_tail}", *rules)
    if routes is None:
        routes = through_firewall(spoke.hub)
    own = route("own-subnet", prefix, "VnetLocal")
    table = world.route_table(f"rt-{short}-{spoke.region_tail}", *routes, own)
    return world.subnet(spoke.vnet, name, prefix, nsg=nsg, route_table=table, delegation="pg")


def entra_routes(hub: Hub) -> list[Row]:
    """Routes for a server subnet that sends everything but Entra traffic to the firewall."""
    return [
        route("default", "0.0.0.0/0", "VirtualAppliance", hub.firewall),
        route("entra", "AzureActiveDirectory", "Internet"),
        *through_firewall(hub),
    ]


def add_zone(world: World, label: str, group: str, sub: str, *networks: str) -> str:
    """A private zone for injected servers, linked to networks."""
    with world.at(sub, group):
        zone = world.zone(f"{label}.private.postgres.database.azure.com")
        for network in networks:
            world.link(zone, network)
    return zone


def add_server(world: World, name: str, subnet: str, zone: str, ip: str, **props: Any) -> str:
    """An injected server, the record Azure keeps for it, and its TLS parameters."""
    server = world.server(name, subnet, zone, **props)
    world.a_record(zone, hex_label(name), ip)
    add_tls(world, server)
    return server


def add_tls(world: World, server: str) -> None:
    """The parameters that make TLS mandatory."""
    world.parameter(server, "require_secure_transport", "on")
    world.parameter(server, "ssl_min_protocol_version", "TLSv1.2")
