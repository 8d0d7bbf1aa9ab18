"""The servers of a spoke with their zones, records and endpoints."""

from __future__ import annotations

from tests.estates.generator.chance import Dice
from tests.estates.generator.hub import PRIVATELINK
from tests.estates.generator.plan import (
    SPOKES_PER_APPLICATION,
    SPOKES_PER_HUB,
    SpokePlan,
    text,
)
from tests.estates.rows import arm_id, guid, hex_label
from tests.estates.world import World

_FIRST_ENDPOINT = 1024 + 4


def zone_of(spoke: SpokePlan) -> str:
    """The id of the private zone of the spoke's application."""
    home = SpokePlan(spoke.application, spoke.seed)
    name = f"app-{spoke.application:05d}.private.postgres.database.azure.com"
    return arm_id(home.sub, home.group, "Microsoft.Network/privateDnsZones", name)


def add_servers(world: World, spoke: SpokePlan, spokes: int, dice: Dice) -> None:
    """Two to four servers per spoke of the application that has servers at all."""
    if spoke.role == 0:
        _add_zone(world, spoke, spokes, dice)
        _add_injected(world, spoke, 0, "ZoneRedundant", dice)
        _add_injected(world, spoke, 1, None, dice)
        _add_development(world, spoke, dice)
    elif spoke.role == 1:
        _add_injected(world, spoke, 0, "SameZone", dice)
        _add_behind_endpoint(world, spoke, dice)
    else:
        _add_open(world, spoke, dice)


def _add_zone(world: World, spoke: SpokePlan, spokes: int, dice: Dice) -> None:
    last = min(spokes, spoke.number + SPOKES_PER_APPLICATION)
    zone = world.zone(zone_of(spoke).rsplit("/", 1)[-1])
    neighbours = [SpokePlan(number, spoke.seed) for number in range(spoke.number, last)]
    networks = [one for one in neighbours if one.application == spoke.number]
    world.link(zone, spoke.hub.vnet)
    for network in networks:
        is_home = network is networks[0]
        if not (is_home and dice.lays("own-network-not-linked", spoke.name, zone)):
            world.link(zone, network.vnet)
    if dice.lays("zone-locked", spoke.name, zone):
        world.lock(zone, "do-not-delete", "CanNotDelete")


def _add_injected(world: World, spoke: SpokePlan, number: int, ha: str | None, dice: Dice) -> None:
    name = f"psql-{spoke.name}-{number}"
    _inject(world, spoke, name, "snet-pg", 4 + 4 * number, ha, dice)


def _add_development(world: World, spoke: SpokePlan, dice: Dice) -> None:
    subnet = f"{spoke.vnet}/subnets/snet-pg-dev"
    _inject(world, spoke, f"psql-{spoke.name}-dev", "snet-pg-dev", 4, None, dice)
    is_full = dice.lays("subnet-full", spoke.name, subnet)
    world.subnet_usage(subnet, 11 if is_full else 2, "check_subnet_usage")


def _inject(
    world: World,
    spoke: SpokePlan,
    name: str,
    subnet: str,
    place: int,
    ha: str | None,
    dice: Dice,
) -> None:
    zone, subnet_id = zone_of(spoke), f"{spoke.vnet}/subnets/{subnet}"
    server = world.server(name, subnet_id, zone, ha=ha, entra=True, tags={"env": "prod"})
    is_stopped = dice.lays("stopped", name, server)
    if is_stopped:
        world.properties(server)["state"] = "Stopped"
    if ha is not None and dice.lays("unhealthy-standby", name, server):
        world.properties(server)["highAvailability"]["state"] = "RecreatingStandby"
    # Two servers in one subnet stand in for each other's record, so the fault needs a lone one;
    # of a stopped server nobody misses the record.
    is_alone = place == 4 and (subnet == "snet-pg-dev" or ha == "SameZone")
    if not (is_alone and not is_stopped and dice.lays("record-missing", name, server)):
        record = f"{zone}/A/{hex_label(name)}"
        ttl = 3600 if dice.lays("long-ttl", name, record) else 30
        world.a_record(zone, hex_label(name), spoke.address(subnet, place), ttl=ttl)
    world.parameter(server, "require_secure_transport", "on")


def _add_behind_endpoint(world: World, spoke: SpokePlan, dice: Dice) -> None:
    """A server without a network; its endpoint lives in the hub, its record in the hub's zone."""
    hub, name = spoke.hub, f"psql-{spoke.name}-pe"
    server = world.public_server(name, "Disabled", entra=True, tags={"env": "prod"})
    address = text(hub.base + _FIRST_ENDPOINT + spoke.number % SPOKES_PER_HUB)
    subnet, zone = f"{hub.vnet}/subnets/snet-pe", hub.zone(PRIVATELINK)
    endpoint_id = arm_id(hub.sub, hub.group, "Microsoft.Network/privateEndpoints", f"pe-{name}")
    is_pending = dice.lays("endpoint-pending", name, endpoint_id)
    status = "Pending" if is_pending else "Approved"
    with world.at(hub.sub, hub.group):
        endpoint = world.endpoint(f"pe-{name}", subnet, server, address, status=status)
        world.zone_group(endpoint, zone)
    if is_pending:
        return
    is_stale = dice.lays("record-stale", name, endpoint)
    shown = text(hub.base + _FIRST_ENDPOINT + 400) if is_stale else address
    world.a_record(zone, name, shown, ttl=10)


def _add_open(world: World, spoke: SpokePlan, dice: Dice) -> None:
    name = f"psql-{spoke.name}-pub"
    server = world.public_server(name, entra=True, tags={"env": "test"})
    public = text((20 << 24) + (80 << 16) + spoke.number % (1 << 22))
    world.firewall_rule(server, f"office-{guid(name)[:8]}", public, public)
    everyone = f"{server}/firewallRules/allow-all"
    if dice.lays("open-to-everyone", name, everyone):
        world.firewall_rule(server, "allow-all", "0.0.0.0", "255.255.255.255")
    azure = f"{server}/firewallRules/allow-azure"
    if dice.lays("open-to-azure", name, azure):
        world.firewall_rule(server, "allow-azure", "0.0.0.0", "0.0.0.0")
