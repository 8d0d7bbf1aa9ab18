"""The rows of a hub: firewall, gateway, resolver, endpoint subnet and central zones."""

from __future__ import annotations

from typing import Any

from tests.estates.generator.chance import Dice
from tests.estates.generator.plan import OFFICE, HubPlan, SpokePlan, text
from tests.estates.rows import Row
from tests.estates.world import World, network_rule, rule

PRIVATELINK = "privatelink.postgres.database.azure.com"
#: Zones that have nothing to do with PostgreSQL and fill every real estate.
OTHER_ZONES = ("privatelink.blob.core.windows.net", "privatelink.vaultcore.azure.net")


def half(world: World, a: str, b: str, space: str, state: str = "Connected", **props: Any) -> str:
    """One half of a peering with a network whose row is made elsewhere."""
    ranges = {"addressPrefixes": [space]}
    known: Row = {"remoteAddressSpace": ranges, "remoteVirtualNetworkAddressSpace": ranges}
    return world.peering(a, b, state=state, **(known | {"allowForwardedTraffic": True} | props))


def rows(hub: HubPlan, spokes: list[SpokePlan], others: list[HubPlan], dice: Dice) -> list[Row]:
    """Every row of the hub itself; the endpoints in it belong to their servers."""
    world = World(None, sub=hub.sub, rg=hub.group, location=hub.region)
    world.resource_group(hub.sub, hub.group)
    vnet = world.vnet(f"vnet-hub-{hub.number:03d}", hub.prefix)
    _peer(world, vnet, spokes, others, dice)
    _add_firewall(world, hub, vnet)
    _add_gateway(world, hub, vnet)
    _add_resolver(world, hub, vnet, spokes)
    _add_endpoint_subnet(world, hub, vnet)
    for name in (PRIVATELINK, *OTHER_ZONES):
        zone = world.zone(name)
        world.link(zone, vnet)
        for spoke in spokes:
            world.link(zone, spoke.vnet)
    return world.rows


def _peer(
    world: World, vnet: str, spokes: list[SpokePlan], others: list[HubPlan], dice: Dice
) -> None:
    for spoke in spokes:
        # The spoke's own row lays these faults; here only its other half is left out or changed.
        if dice.falls("peering-one-sided", spoke.name):
            continue
        is_broken = dice.falls("peering-disconnected", spoke.name)
        state = "Initiated" if is_broken else "Connected"
        half(world, vnet, spoke.vnet, spoke.prefix, state, allowGatewayTransit=True)
    for other in others:
        half(world, vnet, other.vnet, other.prefix)


def _add_firewall(world: World, hub: HubPlan, vnet: str) -> None:
    subnet = world.subnet(vnet, "AzureFirewallSubnet", f"{text(hub.base)}/26")
    policy = world.firewall_policy(f"afwp-{hub.number:03d}", dns_proxy=True)
    inside = [hub.block]
    world.rule_collections(
        policy,
        "rcg-postgres",
        network_rule("allow-spokes", inside, inside, ports=("5432", "6432")),
        network_rule("allow-office", [OFFICE], inside),
        network_rule("allow-entra", inside, ["AzureActiveDirectory"], ports=("443",)),
        network_rule("allow-storage", inside, [f"Storage.{hub.region}"], ports=("443",)),
    )
    public = world.public_ip(f"pip-afw-{hub.number:03d}", _public(hub, 1))
    world.azure_firewall(f"afw-{hub.number:03d}", subnet, hub.firewall, policy, [public])


def _add_gateway(world: World, hub: HubPlan, vnet: str) -> None:
    subnet = world.subnet(vnet, "GatewaySubnet", f"{text(hub.base + 64)}/27")
    public = world.public_ip(f"pip-vgw-{hub.number:03d}", _public(hub, 2))
    gateway = world.gateway(f"vgw-{hub.number:03d}", subnet, public_ip=public)
    office = world.local_gateway(f"lgw-{hub.number:03d}", OFFICE, address=_public(hub, 3))
    world.connection(f"con-{hub.number:03d}", gateway, office)


def _add_resolver(world: World, hub: HubPlan, vnet: str, spokes: list[SpokePlan]) -> None:
    resolver = world.resolver(f"dnspr-{hub.number:03d}", vnet)
    for number, offset in enumerate((256, 272)):
        subnet = world.subnet(
            vnet, f"snet-dns-in-{number}", f"{text(hub.base + offset)}/28", delegation="dns"
        )
        world.inbound(resolver, subnet, text(hub.base + offset + 4), name=f"in-{number}")
    subnet = world.subnet(vnet, "snet-dns-out", f"{text(hub.base + 288)}/28", delegation="dns")
    ruleset = world.ruleset(f"dnsfrs-{hub.number:03d}", world.outbound(resolver, subnet))
    world.forwarding_rule(ruleset, "corp", "corp.example.com.", "172.20.0.53", "172.20.1.53")
    for spoke in spokes[::5]:
        if not spoke.asks_resolver:
            world.ruleset_link(ruleset, spoke.vnet)


def _add_endpoint_subnet(world: World, hub: HubPlan, vnet: str) -> None:
    nsg = world.nsg(
        f"nsg-pe-{hub.number:03d}",
        rule("allow-postgres", 100, "Allow", src=[hub.block, hub.prefix, OFFICE], ports="5432"),
        rule("deny-postgres", 200, "Deny", ports="5432"),
    )
    world.subnet(
        vnet,
        "snet-pe",
        f"{text(hub.base + 1024)}/23",
        nsg=nsg,
        privateEndpointNetworkPolicies="NetworkSecurityGroupEnabled",
    )


def _public(hub: HubPlan, place: int) -> str:
    return text((20 << 24) + (64 << 16) + hub.number * 8 + place)
