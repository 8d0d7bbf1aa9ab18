"""Production spokes of North Europe."""

from __future__ import annotations

from dataclasses import dataclass

from tests.estates.contoso.plan import (
    NAT_MOBILE,
    NAT_PARTNER,
    NEU,
    NEU_PROD,
    OFFICE_NEU,
    PROD,
    WEU_NONPROD,
    WEU_PROD,
    Hub,
)
from tests.estates.contoso.prod_weu import HUB_NEU_RANGE, HUB_WEU_RANGE, WeuNetworks
from tests.estates.contoso.spokes import (
    PROD_TAGS,
    Spoke,
    add_clients,
    add_server,
    add_server_subnet,
    add_spoke,
    add_tls,
    add_zone,
    client_routes,
    entra_routes,
    through_firewall,
)
from tests.estates.rows import hex_label
from tests.estates.world import World, route, rule

CALLERS = (HUB_NEU_RANGE, NEU_PROD, OFFICE_NEU)


@dataclass(frozen=True)
class NeuNetworks:
    """The networks of North Europe by workload."""

    orders: Spoke
    crm: Spoke
    reports: Spoke
    shop: Spoke
    partner: Spoke
    mobile: Spoke


def add_networks(world: World, hub: Hub) -> NeuNetworks:
    """The spokes themselves; mobile and partner are peered with the servers' networks."""

    def spoke(name: str, *prefixes: str) -> Spoke:
        with world.at(PROD, f"rg-{name}-neu", NEU):
            return add_spoke(world, hub, name, *prefixes)

    networks = NeuNetworks(
        orders=spoke("orders", "10.41.0.0/20"),
        crm=spoke("crm", "10.41.16.0/20", "10.41.96.0/24"),
        reports=spoke("reports", "10.41.32.0/20"),
        shop=spoke("shop", "10.41.48.0/20"),
        partner=spoke("partner", "10.41.64.0/20"),
        mobile=spoke("mobile", "10.41.80.0/20"),
    )
    world.peer(networks.mobile.vnet, networks.crm.vnet)
    world.peer(networks.mobile.vnet, networks.shop.vnet)
    world.peer(networks.partner.vnet, networks.shop.vnet)
    return networks


def add_orders_zones(
    world: World, north: NeuNetworks, west: WeuNetworks, hubs: tuple[Hub, Hub]
) -> tuple[str, str]:
    """The zones of the replica pair: every network that asks for one asks for both."""
    networks = (west.orders.vnet, north.orders.vnet, hubs[0].vnet, hubs[1].vnet)
    primary = add_zone(world, "orders-weu", "rg-dns-prod", PROD, *networks)
    replica = add_zone(world, "orders-neu", "rg-dns-prod", PROD, *networks)
    return primary, replica


def join_orders(world: World, north: NeuNetworks, west: WeuNetworks, hubs: tuple[Hub, Hub]) -> None:
    """The two orders networks are peered with each other and with both hubs."""
    world.peer(west.orders.vnet, north.orders.vnet)
    forwarded = {"allowForwardedTraffic": True}
    world.peer(hubs[0].vnet, north.orders.vnet, forwarded, forwarded)
    world.peer(hubs[1].vnet, west.orders.vnet, forwarded, forwarded)


def add_orders(world: World, networks: NeuNetworks, zone: str, source: str, west: Hub) -> str:
    """The replica of the orders server, with its own standby application."""
    spoke = networks.orders
    to_west = [
        route("to-prod-weu", WEU_PROD, "VirtualAppliance", west.firewall),
        route("to-nonprod-weu", WEU_NONPROD, "VirtualAppliance", west.firewall),
    ]
    callers = (*CALLERS, HUB_WEU_RANGE, WEU_PROD, WEU_NONPROD)
    with world.at(PROD, "rg-orders-neu", NEU):
        table = world.route_table("rt-app-orders-neu", *client_routes(spoke.hub), *to_west)
        add_clients(
            world, spoke, "snet-app-orders", "10.41.0.0/24", "vm-app-orders-neu-01", table=table
        )
        subnet = add_server_subnet(
            world,
            spoke,
            "snet-pg-orders",
            "10.41.2.0/27",
            callers,
            routes=[*through_firewall(spoke.hub), *to_west],
        )
        server = world.replica(
            "psql-orders-prod-neu",
            source,
            subnet,
            zone,
            role="GeoAsyncReplica",
            entra=True,
            tier="MemoryOptimized",
            tags=PROD_TAGS | {"workload": "orders"},
        )
        world.a_record(zone, hex_label("psql-orders-prod-neu"), "10.41.2.4")
        add_tls(world, server)
        world.virtual_endpoint(source, "ve-orders", [server])
    return server


def add_crm(world: World, networks: NeuNetworks, hub: Hub) -> str:
    """CRM: the server sits in a range that the network got later."""
    spoke = networks.crm
    zone = add_zone(world, "crm", "rg-dns-prod", PROD, spoke.vnet, hub.vnet, networks.mobile.vnet)
    with world.at(PROD, "rg-crm-neu", NEU):
        table = world.route_table("rt-app-crm-neu", *client_routes(hub))
        machines = ("vm-app-crm-01", "vm-app-crm-02")
        add_clients(world, spoke, "snet-app-crm", "10.41.16.0/24", *machines, table=table)
        subnet = add_server_subnet(world, spoke, "snet-pg-crm", "10.41.96.0/27", CALLERS)
        world.subnet_usage(subnet, 5, "check_subnet_usage")
        return add_server(
            world,
            "psql-crm-prod-neu",
            subnet,
            zone,
            "10.41.96.4",
            ha="ZoneRedundant",
            entra=True,
            tags=PROD_TAGS | {"workload": "crm"},
        )


def add_reports(world: World, networks: NeuNetworks, hub: Hub) -> str:
    """Reports: all traffic of the server goes to the firewall, save Entra."""
    spoke = networks.reports
    zone = add_zone(world, "reports", "rg-dns-prod", PROD, spoke.vnet, hub.vnet)
    with world.at(PROD, "rg-reports-neu", NEU):
        table = world.route_table("rt-app-reports-neu", *client_routes(hub))
        machines = ("vm-app-reports-01", "vm-app-reports-02")
        add_clients(world, spoke, "snet-app-reports", "10.41.32.0/24", *machines, table=table)
        add_clients(
            world, spoke, "snet-etl-reports", "10.41.33.0/24", "vm-etl-reports-01", table=table
        )
        subnet = add_server_subnet(
            world,
            spoke,
            "snet-pg-reports",
            "10.41.34.0/27",
            CALLERS,
            routes=entra_routes(hub),
        )
        return add_server(
            world,
            "psql-reports-prod-neu",
            subnet,
            zone,
            "10.41.34.4",
            entra=True,
            tags=PROD_TAGS | {"workload": "reports"},
        )


def add_shop(world: World, networks: NeuNetworks, hub: Hub) -> str:
    """Shop: its own application, and the partner and mobile networks peered with it."""
    spoke = networks.shop
    zone = add_zone(
        world,
        "shop",
        "rg-dns-prod",
        PROD,
        spoke.vnet,
        hub.vnet,
        networks.partner.vnet,
        networks.mobile.vnet,
    )
    with world.at(PROD, "rg-shop-neu", NEU):
        table = world.route_table("rt-app-shop-neu", *client_routes(hub))
        machines = ("vm-app-shop-01", "vm-app-shop-02")
        add_clients(world, spoke, "snet-app-shop", "10.41.48.0/24", *machines, table=table)
        subnet = add_server_subnet(world, spoke, "snet-pg-shop", "10.41.50.0/27", CALLERS)
        world.subnet_usage(subnet, 4, "check_subnet_usage")
        return add_server(
            world,
            "psql-shop-prod-neu",
            subnet,
            zone,
            "10.41.50.4",
            ha="ZoneRedundant",
            entra=True,
            tags=PROD_TAGS | {"workload": "shop"},
        )


def add_guests(world: World, networks: NeuNetworks) -> None:
    """Partner and mobile: clients with a NAT gateway each and no routes of their own."""
    for spoke, address, prefix in (
        (networks.partner, NAT_PARTNER, "10.41.64.0/24"),
        (networks.mobile, NAT_MOBILE, "10.41.80.0/24"),
    ):
        with world.at(PROD, f"rg-{spoke.name}-neu", NEU):
            public = world.public_ip(f"pip-ng-{spoke.name}-neu", address)
            nat = world.nat(f"ng-{spoke.name}-neu", public)
            out = rule("out-postgres", 200, "Allow", "Outbound", dst=NEU_PROD, ports="5432")
            machine = f"vm-{spoke.name}-01"
            add_clients(world, spoke, f"snet-{spoke.name}", prefix, machine, nat=nat, rules=[out])
