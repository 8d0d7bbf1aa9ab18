"""A client's network beside a server's, for cases about pairs."""

from typing import Any, NamedTuple

from tests.checks.homes import injected, reached
from tests.estates.world import World, network_rule, route

SERVER_RANGE = "10.1.1.0/27"
CLIENT_RANGE = "10.3.1.0/24"
FIREWALL = "10.0.1.4"


class Spoke(NamedTuple):
    """A world with one server and one client subnet in a network of its own."""

    world: World
    network: str
    """The client's."""
    subnet: str
    """The client's."""
    server_network: str
    server_subnet: str
    zone: str
    server: str


def spoke(
    *,
    is_peered: bool = True,
    is_linked: bool = True,
    is_declared: bool = False,
    nsg: str | None = None,
    route_table: str | None = None,
    world: World | None = None,
    dns: tuple[str, ...] = (),
    server: dict[str, Any] | None = None,
) -> Spoke:
    """A client network that is peered with a server's and linked to its zone, all being well.

    `nsg` and `route_table` are the client subnet's; `server` goes to `injected`.
    """
    home = injected(world=world or World(), **(server or {}))
    made = home.world
    network = made.vnet("vnet-app", "10.3.0.0/16", dns=dns)
    subnet = made.subnet(network, "snet-app", CLIENT_RANGE, nsg=nsg, route_table=route_table)
    if is_peered:
        made.peer(network, home.network)
    if is_linked:
        made.link(home.zone, network)
    if is_declared:
        made.declare("vnet-app/snet-app", "psql-orders")
    return Spoke(made, network, subnet, home.network, home.subnet, home.zone, home.server)


class Hub(NamedTuple):
    """A spoke whose packets pass a hub on their way to the server."""

    spoke: Spoke
    network: str
    client_table: str
    server_table: str


def through_hub(
    *,
    there: bool = True,
    back: bool = True,
    is_firewall: bool = True,
    accepts: bool = True,
    is_declared: bool = False,
) -> Hub:
    """Client and server in spokes of a hub with a firewall or a plain appliance at 10.0.1.4.

    `there` and `back` say which direction passes it; the spokes are peered besides where one does
    not. `accepts` is allowForwardedTraffic of the spokes' halves.
    """
    world = World()
    routes = [("there", SERVER_RANGE), ("back", CLIENT_RANGE)]
    tables = [
        world.route_table(f"rt-{name}", *([_over(prefix)] if is_on else []))
        for (name, prefix), is_on in zip(routes, (there, back), strict=True)
    ]
    made = spoke(
        world=world,
        is_peered=not (there and back),
        is_declared=is_declared,
        route_table=tables[0],
        server={"route_table": tables[1]},
    )
    hub = _hub(world, is_firewall=is_firewall)
    for one in (made.network, made.server_network):
        world.peer(one, hub, {"allowForwardedTraffic": accepts}, {"allowForwardedTraffic": True})
    return Hub(made, hub, *tables)


def _over(prefix: str) -> dict[str, Any]:
    return route("over-hub", prefix, "VirtualAppliance", FIREWALL)


def _hub(world: World, *, is_firewall: bool) -> str:
    hub = world.vnet("vnet-hub", "10.0.0.0/16")
    if is_firewall:
        place = world.subnet(hub, "AzureFirewallSubnet", "10.0.1.0/26")
        policy = world.firewall_policy("afwp")
        world.rule_collections(policy, "rcg", network_rule("pg", ["10.0.0.0/8"], ["10.0.0.0/8"]))
        world.azure_firewall("afw", place, FIREWALL, policy)
        return hub
    place = world.subnet(hub, "snet-nva", "10.0.1.0/26")
    world.vm("vm-nva", world.nic("nic-nva", place, FIREWALL, forwarding=True))
    return hub


class Farther(NamedTuple):
    """A world with a server behind an endpoint, and a client subnet in another network."""

    world: World
    network: str
    subnet: str
    home: str
    """The endpoint's network."""
    zone: str
    record: str
    server: str


def endpoint_spoke(
    *,
    is_linked: bool = True,
    is_declared: bool = False,
    access: str = "Enabled",
    route_table: str | None = None,
    world: World | None = None,
) -> Farther:
    """A client network that is peered with an endpoint's and linked to its zone."""
    made = reached(access=access, world=world)
    world = made.world
    network = world.vnet("vnet-web", "10.3.0.0/16")
    subnet = world.subnet(network, "snet-web", CLIENT_RANGE, route_table=route_table)
    world.peer(network, made.network)
    if is_linked:
        world.link(made.zone, network)
    if is_declared:
        world.declare("vnet-web/snet-web", "psql-shop")
    return Farther(world, network, subnet, made.network, made.zone, made.record, made.server)
