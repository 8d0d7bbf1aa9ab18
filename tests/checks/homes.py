"""Builders of small healthy worlds, one new world per call, for cases to break."""

from typing import Any, NamedTuple

from tests.estates.world import World, hex_label


class Home(NamedTuple):
    """A world with one injected server and the ids of what it rests on."""

    world: World
    network: str
    subnet: str
    zone: str
    link: str
    record: str
    server: str


def injected(
    name: str = "psql-orders",
    *,
    domain: str = "orders.private.postgres.database.azure.com",
    prefix: str = "10.1.1.0/27",
    nsg: str | None = None,
    route_table: str | None = None,
    world: World | None = None,
    subnet_props: dict[str, Any] | None = None,
    **server: Any,
) -> Home:
    """One network, one delegated subnet, a linked zone with a record, one server."""
    world = world or World()
    network = world.vnet("vnet-data", "10.1.0.0/16")
    subnet = world.subnet(
        network,
        "snet-pg",
        prefix,
        delegation="pg",
        nsg=nsg,
        route_table=route_table,
        **(subnet_props or {}),
    )
    zone = world.zone(domain)
    link = world.link(zone, network)
    record = world.a_record(zone, hex_label(name), "10.1.1.4")
    made = world.server(name, subnet, zone, **server)
    return Home(world, network, subnet, zone, link, record, made)


class Reached(NamedTuple):
    """A world with one public server and an approved private endpoint to it."""

    world: World
    network: str
    subnet: str
    zone: str
    link: str
    record: str
    server: str
    endpoint: str


def reached(
    name: str = "psql-shop",
    *,
    access: str = "Disabled",
    domain: str = "privatelink.postgres.database.azure.com",
    has_group: bool = True,
    link_props: dict[str, Any] | None = None,
    world: World | None = None,
    **endpoint: Any,
) -> Reached:
    """One network with an endpoint, its linked zone, record and zone group, one server."""
    world = world or World()
    network = world.vnet("vnet-app", "10.2.0.0/16")
    subnet = world.subnet(network, "snet-endpoints", "10.2.5.0/24")
    zone = world.zone(domain)
    link = world.link(zone, network, **(link_props or {}))
    record = world.a_record(zone, name, "10.2.5.4", ttl=10)
    server = world.public_server(name, access)
    made = world.endpoint("pe-shop", subnet, server, "10.2.5.4", **endpoint)
    if has_group:
        world.zone_group(made, zone)
    return Reached(world, network, subnet, zone, link, record, server, made)


def public(name: str = "psql-web", access: str = "Enabled", **props: Any) -> tuple[World, str]:
    """One public server with one narrow firewall rule."""
    world = World()
    server = world.public_server(name, access, **props)
    world.firewall_rule(server, "office", "203.0.113.10", "203.0.113.20")
    return world, server
