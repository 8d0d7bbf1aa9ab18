"""Production spokes of West Europe."""

from __future__ import annotations

from dataclasses import dataclass

from tests.estates.contoso.plan import (
    NAT_WEB,
    NEU_PROD,
    OFFICE_WEU,
    ORDERS_NEU,
    PROD,
    WEU,
    WEU_NONPROD,
    WEU_PROD,
    Hub,
)
from tests.estates.contoso.spokes import (
    PROD_TAGS,
    Spoke,
    add_clients,
    add_server,
    add_server_subnet,
    add_spoke,
    add_zone,
    client_routes,
    entra_routes,
    through_firewall,
)
from tests.estates.rows import admin_rule
from tests.estates.world import World, route

HUB_WEU_RANGE = "10.20.0.0/22"
HUB_NEU_RANGE = "10.40.0.0/22"
CALLERS = (HUB_WEU_RANGE, WEU_PROD, WEU_NONPROD, OFFICE_WEU)

PORTAL = "10.21.112.0/20"
INVENTORY = "10.21.96.0/20"


@dataclass(frozen=True)
class WeuNetworks:
    """The production networks of West Europe by workload."""

    orders: Spoke
    billing: Spoke
    data: Spoke
    web: Spoke
    analytics: Spoke
    identity: Spoke
    inventory: Spoke
    portal: Spoke
    backoffice: Spoke

    def all(self) -> tuple[Spoke, ...]:
        """All of them."""
        return (
            self.orders,
            self.billing,
            self.data,
            self.web,
            self.analytics,
            self.identity,
            self.inventory,
            self.portal,
            self.backoffice,
        )


def add_networks(world: World, hub: Hub) -> WeuNetworks:
    """The spokes themselves; subnets and servers follow."""
    domain_controllers = ("10.21.80.4", "10.21.80.5")

    def spoke(name: str, prefix: str, dns: tuple[str, ...] = ()) -> Spoke:
        with world.at(PROD, f"rg-{name}-weu", WEU):
            return add_spoke(world, hub, name, prefix, dns=dns)

    return WeuNetworks(
        orders=spoke("orders", "10.21.0.0/20"),
        billing=spoke("billing", "10.21.16.0/20"),
        data=spoke("data", "10.21.32.0/20"),
        web=spoke("web", "10.21.48.0/20", dns=hub.dns),
        analytics=spoke("analytics", "10.21.64.0/20"),
        identity=spoke("identity", "10.21.80.0/20"),
        inventory=spoke("inventory", INVENTORY),
        portal=spoke("portal", PORTAL, dns=(hub.firewall, hub.dns[0])),
        backoffice=spoke("backoffice", "10.21.128.0/20", dns=domain_controllers),
    )


def add_orders(world: World, networks: WeuNetworks, zone: str, north: Hub) -> str:
    """Orders: application and primary server in one network, the replica is in the north."""
    spoke = networks.orders
    with world.at(PROD, "rg-orders-weu", WEU):
        table = world.route_table(
            "rt-app-orders-weu", *client_routes(spoke.hub, is_peered_with_orders=True)
        )
        machines = ("vm-app-orders-01", "vm-app-orders-02", "vm-app-orders-03")
        add_clients(world, spoke, "snet-app-orders", "10.21.0.0/24", *machines, table=table)
        subnet = add_server_subnet(
            world,
            spoke,
            "snet-pg-orders",
            "10.21.2.0/27",
            (*CALLERS, HUB_NEU_RANGE, ORDERS_NEU),
            routes=[
                *through_firewall(spoke.hub),
                route("to-spokes-neu", NEU_PROD, "VirtualAppliance", north.firewall),
            ],
        )
        world.subnet_usage(subnet, 4, "check_subnet_usage")
        _keep_internet_out(world, spoke.vnet)
        return add_server(
            world,
            "psql-orders-prod-weu",
            subnet,
            zone,
            "10.21.2.4",
            ha="ZoneRedundant",
            entra=True,
            tier="MemoryOptimized",
            tags=PROD_TAGS | {"workload": "orders"},
        )


def add_billing_clients(world: World, networks: WeuNetworks) -> None:
    """Billing: applications only; its database lives in the shared data network."""
    spoke = networks.billing
    with world.at(PROD, "rg-billing-weu", WEU):
        table = world.route_table("rt-app-billing-weu", *client_routes(spoke.hub))
        batch = world.route_table("rt-batch-billing-weu", *client_routes(spoke.hub))
        machines = ("vm-app-billing-01", "vm-app-billing-02")
        add_clients(world, spoke, "snet-app-billing", "10.21.16.0/24", *machines, table=table)
        add_clients(
            world, spoke, "snet-batch-billing", "10.21.17.0/24", "vm-batch-billing-01", table=batch
        )


def add_data(world: World, networks: WeuNetworks, hubs: tuple[Hub, Hub]) -> tuple[str, str]:
    """The shared data network with the billing and ledger servers."""
    spoke = networks.data
    hub_vnets = (spoke.vnet, hubs[0].vnet)
    billing_zone = add_zone(
        world, "billing", "rg-dns-prod", PROD, *hub_vnets, networks.billing.vnet
    )
    ledger_zone = add_zone(
        world,
        "ledger",
        "rg-dns-prod",
        PROD,
        *hub_vnets,
        networks.billing.vnet,
        networks.identity.vnet,
        networks.backoffice.vnet,
    )
    with world.at(PROD, "rg-data-weu", WEU):
        _keep_internet_out(world, spoke.vnet)
        table = world.route_table("rt-etl-data-weu", *client_routes(spoke.hub))
        add_clients(world, spoke, "snet-etl-data", "10.21.33.0/24", "vm-etl-data-01", table=table)
        first = add_server_subnet(
            world,
            spoke,
            "snet-pg-billing",
            "10.21.32.0/27",
            CALLERS,
            routes=entra_routes(spoke.hub),
        )
        second = add_server_subnet(
            world, spoke, "snet-pg-ledger", "10.21.32.32/27", CALLERS, ports=["5432", "6432"]
        )
        world.subnet_usage(first, 4, "check_subnet_usage")
        world.subnet_usage(second, 4, "check_subnet_usage")
        billing = add_server(
            world,
            "psql-billing-prod-weu",
            first,
            billing_zone,
            "10.21.32.4",
            ha="ZoneRedundant",
            entra=True,
            tags=PROD_TAGS | {"workload": "billing"},
        )
        ledger = add_server(
            world,
            "psql-ledger-prod-weu",
            second,
            ledger_zone,
            "10.21.32.36",
            ha="SameZone",
            entra=True,
            tags=PROD_TAGS | {"workload": "ledger"},
        )
        world.parameter(ledger, "pgbouncer.enabled", "true")
    return billing, ledger


def add_web(world: World, networks: WeuNetworks) -> None:
    """The shop front: asks the hub's resolver, goes to the internet by its own NAT gateway."""
    spoke = networks.web
    with world.at(PROD, "rg-web-weu", WEU):
        nat = world.nat("ng-web-weu", world.public_ip("pip-ng-web-weu", NAT_WEB))
        table = world.route_table(
            "rt-web-weu",
            *through_firewall(spoke.hub),
            route("to-orders-neu", ORDERS_NEU, "VirtualAppliance", spoke.hub.firewall),
        )
        machines = ("vm-web-01", "vm-web-02", "vm-web-03")
        subnet = add_clients(
            world, spoke, "snet-web", "10.21.48.0/24", *machines, table=table, nat=nat
        )
        nics = [
            f"/subscriptions/{PROD}/resourceGroups/rg-web-weu/providers/Microsoft.Network"
            f"/networkInterfaces/nic-web-0{number}"
            for number in (1, 2, 3)
        ]
        world.load_balancer("lbi-web-weu", subnet, "10.21.48.200", nics)


def add_analytics(world: World, networks: WeuNetworks, hub: Hub) -> str:
    """Analytics: notebooks and server in one network."""
    spoke = networks.analytics
    zone = add_zone(world, "analytics", "rg-dns-prod", PROD, spoke.vnet, hub.vnet)
    with world.at(PROD, "rg-analytics-weu", WEU):
        table = world.route_table("rt-app-analytics-weu", *client_routes(hub))
        machines = ("vm-analytics-01", "vm-analytics-02")
        add_clients(world, spoke, "snet-app-analytics", "10.21.64.0/24", *machines, table=table)
        subnet = add_server_subnet(world, spoke, "snet-pg-analytics", "10.21.66.0/27", CALLERS)
        return add_server(
            world,
            "psql-analytics-prod-weu",
            subnet,
            zone,
            "10.21.66.4",
            entra=True,
            tier="MemoryOptimized",
            tags=PROD_TAGS | {"workload": "analytics"},
        )


def add_identity(world: World, networks: WeuNetworks) -> None:
    """Two domain controllers that also answer DNS for the back office."""
    spoke = networks.identity
    with world.at(PROD, "rg-identity-weu", WEU):
        table = world.route_table("rt-dc-weu", *client_routes(spoke.hub))
        subnet = add_clients(world, spoke, "snet-dc", "10.21.80.0/24", table=table)
        for number, address in enumerate(("10.21.80.4", "10.21.80.5"), start=1):
            world.vm(f"vm-dc-0{number}", world.nic(f"nic-dc-0{number}", subnet, address))


def add_inventory(world: World, networks: WeuNetworks, hub: Hub) -> str:
    """Inventory: peered with the portal, and inspected by the firewall all the same."""
    spoke = networks.inventory
    zone = add_zone(
        world,
        "inventory",
        "rg-dns-prod",
        PROD,
        spoke.vnet,
        hub.vnet,
        networks.billing.vnet,
        networks.portal.vnet,
    )
    inspected = route("to-portal", PORTAL, "VirtualAppliance", hub.firewall)
    with world.at(PROD, "rg-inventory-weu", WEU):
        table = world.route_table("rt-app-inventory-weu", *client_routes(hub), inspected)
        add_clients(
            world,
            spoke,
            "snet-app-inventory",
            "10.21.96.0/24",
            "vm-app-inventory-01",
            table=table,
        )
        subnet = add_server_subnet(
            world,
            spoke,
            "snet-pg-inventory",
            "10.21.98.0/27",
            CALLERS,
            routes=[*through_firewall(hub), inspected],
        )
        return add_server(
            world,
            "psql-inventory-prod-weu",
            subnet,
            zone,
            "10.21.98.4",
            ha="ZoneRedundant",
            entra=True,
            tags=PROD_TAGS | {"workload": "inventory"},
        )


def add_portal(world: World, networks: WeuNetworks) -> None:
    """The customer portal: asks the firewall's DNS proxy, peered with inventory."""
    spoke = networks.portal
    world.peer(spoke.vnet, networks.inventory.vnet)
    inspected = route("to-inventory", INVENTORY, "VirtualAppliance", spoke.hub.firewall)
    with world.at(PROD, "rg-portal-weu", WEU):
        table = world.route_table("rt-app-portal-weu", *client_routes(spoke.hub), inspected)
        add_clients(
            world,
            spoke,
            "snet-app-portal",
            "10.21.112.0/24",
            "vm-portal-01",
            "vm-portal-02",
            table=table,
        )


def add_backoffice(world: World, networks: WeuNetworks) -> None:
    """Office desktops that ask the domain controllers."""
    spoke = networks.backoffice
    with world.at(PROD, "rg-backoffice-weu", WEU):
        table = world.route_table("rt-desktops-weu", *client_routes(spoke.hub))
        add_clients(
            world,
            spoke,
            "snet-desktops",
            "10.21.128.0/24",
            "vm-backoffice-01",
            "vm-backoffice-02",
            table=table,
        )


def _keep_internet_out(world: World, vnet: str) -> None:
    ports = ["22", "3389"]
    world.admin_rules(vnet, admin_rule("no-admin", 10, "Deny", src=["Internet"], ports=ports))
