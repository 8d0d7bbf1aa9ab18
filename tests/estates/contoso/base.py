"""Contoso while all was well."""

from __future__ import annotations

from dataclasses import dataclass

from tests.estates.contoso import hubs, nonprod_weu, prod_neu, prod_weu, public
from tests.estates.contoso.plan import (
    CONNECTIVITY,
    GROUPS,
    NEU,
    SUBSCRIPTIONS,
    WEU,
    Hub,
    group_location,
)
from tests.estates.contoso.spokes import Spoke
from tests.estates.world import World, route


@dataclass(frozen=True)
class Contoso:
    """The estate and the ids of what faults are laid on."""

    world: World
    hub_weu: Hub
    hub_neu: Hub
    weu: prod_weu.WeuNetworks
    nonprod: nonprod_weu.NonprodNetworks
    neu: prod_neu.NeuNetworks
    servers: dict[str, str]
    endpoints: dict[str, str]


def build() -> Contoso:
    """The whole estate without a fault."""
    world = World()
    _add_containers(world)
    west, north = hubs.add_hub(world, WEU), hubs.add_hub(world, NEU)
    hubs.join_hubs(world, west, north)
    pair = (west, north)
    weu = prod_weu.add_networks(world, west)
    nonprod = nonprod_weu.add_networks(world, west)
    neu = prod_neu.add_networks(world, north)
    prod_neu.join_orders(world, neu, weu, pair)
    servers = _add_west(world, weu, neu, pair) | _add_north(world, neu, north)
    servers |= {
        "dev": nonprod_weu.add_app(world, nonprod.dev, west, "10.22.0"),
        "test": nonprod_weu.add_app(world, nonprod.test, west, "10.22.16"),
    }
    servers |= nonprod_weu.add_sandbox(world, nonprod.sandbox, west)
    western = (*weu.all(), nonprod.dev, nonprod.test, nonprod.sandbox)
    _inspect_office(world, west, western)
    linked = [west.vnet, north.vnet, neu.orders.vnet, *(spoke.vnet for spoke in western)]
    endpoints = public.add_endpoint_servers(world, west, linked)
    servers |= public.add_open_servers(world)
    _forward_corporate_names(world, (weu.orders, weu.billing, neu.crm, neu.reports))
    return Contoso(world, west, north, weu, nonprod, neu, servers, endpoints)


def _add_west(
    world: World,
    weu: prod_weu.WeuNetworks,
    neu: prod_neu.NeuNetworks,
    pair: tuple[Hub, Hub],
) -> dict[str, str]:
    zones = prod_neu.add_orders_zones(world, neu, weu, pair)
    orders = prod_weu.add_orders(world, weu, zones[0], pair[1])
    replica = prod_neu.add_orders(world, neu, zones[1], orders, pair[0])
    prod_weu.add_billing_clients(world, weu)
    billing, ledger = prod_weu.add_data(world, weu, pair)
    prod_weu.add_web(world, weu)
    prod_weu.add_identity(world, weu)
    prod_weu.add_portal(world, weu)
    prod_weu.add_backoffice(world, weu)
    return {
        "orders": orders,
        "orders-replica": replica,
        "billing": billing,
        "ledger": ledger,
        "analytics": prod_weu.add_analytics(world, weu, pair[0]),
        "inventory": prod_weu.add_inventory(world, weu, pair[0]),
    }


def _add_north(world: World, neu: prod_neu.NeuNetworks, north: Hub) -> dict[str, str]:
    prod_neu.add_guests(world, neu)
    return {
        "crm": prod_neu.add_crm(world, neu, north),
        "reports": prod_neu.add_reports(world, neu, north),
        "shop": prod_neu.add_shop(world, neu, north),
    }


def _inspect_office(world: World, hub: Hub, spokes: tuple[Spoke, ...]) -> None:
    """What comes from the western office goes through the firewall on its way to a spoke."""
    with world.at(CONNECTIVITY, "rg-hub-weu", WEU):
        routes = [
            route(
                f"to-{spoke.name}",
                world.properties(spoke.vnet)["addressSpace"]["addressPrefixes"][0],
                "VirtualAppliance",
                hub.firewall,
            )
            for spoke in spokes
        ]
        table = world.route_table("rt-gateway-weu", *routes)
    world.properties(hub.gateway_subnet)["routeTable"] = {"id": table}


def _forward_corporate_names(world: World, spokes: tuple[Spoke, ...]) -> None:
    """Link the hub's ruleset to spokes that ask Azure itself."""
    rulesets = {
        str(row["location"]): str(row["id"])
        for row in world.rows
        if row["type"] == "microsoft.network/dnsforwardingrulesets"
    }
    for spoke in spokes:
        world.ruleset_link(rulesets[spoke.hub.region], spoke.vnet)


def _add_containers(world: World) -> None:
    for sub, name in SUBSCRIPTIONS.items():
        world.subscription(sub, name)
        for group in GROUPS[sub]:
            world.resource_group(sub, group, location=group_location(group))
