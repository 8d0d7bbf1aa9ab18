"""The two hubs: firewall, VPN gateway, DNS resolver and a jump host each."""

from __future__ import annotations

from dataclasses import dataclass

from tests.estates.contoso.plan import (
    CONNECTIVITY,
    NEU,
    NEU_PROD,
    OFFICE_NEU,
    OFFICE_WEU,
    ORDERS_NEU,
    WEU,
    WEU_NONPROD,
    WEU_PROD,
    Hub,
)
from tests.estates.rows import Row
from tests.estates.world import World, network_rule, rule


@dataclass(frozen=True)
class _Plan:
    short: str
    region: str
    base: str
    office: str
    office_device: str
    office_dns: str
    spokes: tuple[str, ...]
    targets: tuple[str, ...]


_PLANS = {
    WEU: _Plan(
        "weu",
        WEU,
        "10.20",
        OFFICE_WEU,
        "20.105.208.128",
        "192.168.10.53",
        (WEU_PROD, WEU_NONPROD),
        (WEU_PROD, WEU_NONPROD, ORDERS_NEU),
    ),
    NEU: _Plan(
        "neu",
        NEU,
        "10.40",
        OFFICE_NEU,
        "20.105.208.192",
        "192.168.130.53",
        (NEU_PROD,),
        (NEU_PROD,),
    ),
}


def add_hub(world: World, region: str) -> Hub:
    """The hub of a region."""
    plan = _PLANS[region]
    with world.at(CONNECTIVITY, f"rg-hub-{plan.short}", region):
        vnet = world.vnet(
            f"vnet-hub-{plan.short}",
            f"{plan.base}.0.0/22",
            tags={"env": "platform", "owner": "team-network"},
        )
        _add_firewall(world, plan, vnet)
        gateway_subnet = _add_gateway(world, plan, vnet)
        dns = _add_resolver(world, plan, vnet)
        _add_jump_host(world, plan, vnet)
        endpoints = _add_endpoint_subnet(world, plan, vnet) if region == WEU else None
    return Hub(vnet, f"{plan.base}.0.4", dns, plan.office, region, gateway_subnet, endpoints)


def join_hubs(world: World, west: Hub, north: Hub) -> None:
    """Global peering between the hubs; each keeps its own gateway."""
    both = {"allowForwardedTraffic": True}
    world.peer(west.vnet, north.vnet, both, both)


def _add_firewall(world: World, plan: _Plan, vnet: str) -> None:
    subnet = world.subnet(vnet, "AzureFirewallSubnet", f"{plan.base}.0.0/26")
    policy = world.firewall_policy(f"afwp-{plan.short}", dns_proxy=True)
    world.rule_collections(policy, "rcg-postgres", *_postgres_rules(plan))
    world.rule_collections(policy, "rcg-platform", *_platform_rules(plan), priority=300)
    public = world.public_ip(f"pip-afw-{plan.short}", _public(plan, 71))
    world.azure_firewall(
        f"afw-{plan.short}", subnet, f"{plan.base}.0.4", policy, public_ips=[public]
    )


def _postgres_rules(plan: _Plan) -> list[Row]:
    return [
        network_rule("allow-spokes-to-postgres", plan.spokes, plan.targets, ports=("5432", "6432")),
        network_rule("allow-office-to-postgres", [plan.office], plan.spokes, ports=("5432",)),
    ]


def _platform_rules(plan: _Plan) -> list[Row]:
    tag = "Storage.WestEurope" if plan.region == WEU else "Storage.NorthEurope"
    rules = [
        network_rule("allow-storage", plan.spokes, [tag], ports=("443",)),
        network_rule("allow-entra", plan.spokes, ["AzureActiveDirectory"], ports=("443",)),
        network_rule("allow-monitor", plan.spokes, ["AzureMonitor"], ports=("443",)),
    ]
    if plan.region == WEU:
        rules.append(
            network_rule(
                "allow-dns-to-domain-controllers",
                plan.spokes,
                ["10.21.80.0/24"],
                ports=("53",),
                protocols=("UDP", "TCP"),
            )
        )
    return rules


def _add_gateway(world: World, plan: _Plan, vnet: str) -> str:
    subnet = world.subnet(vnet, "GatewaySubnet", f"{plan.base}.0.64/27")
    public = world.public_ip(f"pip-vgw-{plan.short}", _public(plan, 72))
    gateway = world.gateway(f"vgw-{plan.short}", subnet, public_ip=public)
    office = world.local_gateway(
        f"lgw-office-{plan.short}", plan.office, address=plan.office_device
    )
    world.connection(f"con-office-{plan.short}", gateway, office)
    world.lock(gateway, "keep-gateway", "CanNotDelete", notes="Four hours to build again")
    return subnet


def _add_resolver(world: World, plan: _Plan, vnet: str) -> tuple[str, str]:
    resolver = world.resolver(f"dnspr-{plan.short}", vnet)
    addresses = (f"{plan.base}.1.4", f"{plan.base}.1.20")
    for letter, prefix, address in zip("ab", ("0", "16"), addresses, strict=True):
        subnet = world.subnet(
            vnet, f"snet-dns-in-{letter}", f"{plan.base}.1.{prefix}/28", delegation="dns"
        )
        world.inbound(resolver, subnet, address, name=f"in-{letter}")
    outbound = world.outbound(
        resolver,
        world.subnet(vnet, "snet-dns-out", f"{plan.base}.1.32/28", delegation="dns"),
        name="out",
    )
    ruleset = world.ruleset(f"dnsfrs-{plan.short}", outbound)
    world.forwarding_rule(ruleset, "corp", "corp.contoso.com.", plan.office_dns)
    world.ruleset_link(ruleset, vnet)
    return addresses


def _add_jump_host(world: World, plan: _Plan, vnet: str) -> None:
    nsg = world.nsg(
        f"nsg-mgmt-{plan.short}",
        rule("allow-ssh-from-office", 100, "Allow", src=plan.office, ports="22"),
        rule("deny-ssh", 200, "Deny", ports="22"),
    )
    subnet = world.subnet(vnet, "snet-mgmt", f"{plan.base}.3.0/27", nsg=nsg)
    add_vm(world, f"vm-jump-{plan.short}", subnet, f"{plan.base}.3.4")


def _add_endpoint_subnet(world: World, plan: _Plan, vnet: str) -> str:
    callers = ["10.20.0.0/22", WEU_PROD, WEU_NONPROD, "10.40.0.0/22", ORDERS_NEU, OFFICE_WEU]
    nsg = world.nsg(
        "nsg-pe-weu",
        rule("allow-postgres-from-contoso", 100, "Allow", src=callers, ports="5432"),
        rule("deny-postgres", 200, "Deny", ports="5432"),
    )
    return world.subnet(
        vnet,
        "snet-pe",
        f"{plan.base}.2.0/26",
        nsg=nsg,
        privateEndpointNetworkPolicies="NetworkSecurityGroupEnabled",
    )


def _public(plan: _Plan, last: int) -> str:
    return f"20.{73 if plan.region == WEU else 82}.200.{last}"


def add_vm(world: World, name: str, subnet: str, ip: str, nsg: str | None = None) -> str:
    """A virtual machine with one interface."""
    return world.vm(name, world.nic(f"nic-{name.removeprefix('vm-')}", subnet, ip, nsg=nsg))
