"""One full row of every kind pgtopo reads."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.estates.world import World, admin_rule, network_rule, route, rule


@cache
def samples() -> dict[str, dict[str, Any]]:
    """The fullest row of each kind, by lower-case type."""
    world = World()
    vnet = _networks(world)
    _servers(world, vnet)
    _names(world, vnet)
    _edges(world, vnet)
    _governance(world, vnet)
    found: dict[str, dict[str, Any]] = {}
    for row in [*world.rows, *_nested(world)]:
        known = found.get(row["type"])
        if known is None or len(str(row)) > len(str(known)):
            found[row["type"]] = row
    return found


def _networks(world: World) -> str:
    hub = world.vnet("vnet-hub", "10.0.0.0/16", dns=["10.0.0.4"])
    vnet = world.vnet("vnet-app", "10.1.0.0/16")
    world.peer(vnet, hub)
    asg = world.asg("asg-app")
    nsg = world.nsg("nsg", rule("allow-pg", 100, "Allow", src=["10.1.0.0/24"], dst_asgs=[asg]))
    table = world.route_table("rt", route("all", "0.0.0.0/0", "VirtualAppliance", "10.0.1.4"))
    pip = world.public_ip("pip", "20.50.1.7")
    nat = world.nat("nat", pip)
    subnet = world.subnet(
        vnet, "app", "10.1.0.0/24", nsg=nsg, route_table=table, nat=nat, endpoints=["Microsoft.Sql"]
    )
    world.subnet(vnet, "own", "10.1.9.0/24", nsg=nsg, delegation="pg", own_row=True)
    nic = world.nic("nic", subnet, "10.1.0.4", nsg=nsg, asgs=[asg], public_ip=pip, dns=["10.0.0.4"])
    world.vm("vm", nic)
    world.load_balancer("lb", subnet, "10.1.0.10", backends=[nic], public_ip=pip)
    world.subnet_usage(subnet, 7)
    world.effective_routes(nic, ("10.9.0.0/16", "VirtualNetworkGateway", "10.1.255.4"))
    world.service_tags({"Storage.WestEurope": ["20.60.0.0/16", "2603:1020::/47"]})
    return vnet


def _servers(world: World, vnet: str) -> None:
    subnet = world.subnet(vnet, "pg", "10.1.1.0/28", delegation="pg")
    endpoints = world.subnet(vnet, "pe", "10.1.2.0/24")
    zone = world.zone("orders.private.postgres.database.azure.com")
    primary = world.server(
        "psql-orders", subnet, zone, ha="ZoneRedundant", tags={"owner": "orders"}
    )
    world.replica("psql-replica", primary, subnet, zone, cluster={"clusterSize": 2})
    public = world.public_server("psql-public")
    world.firewall_rule(public, "office", "203.0.113.1", "203.0.113.9")
    world.parameter(public, "max_connections", "100")
    world.virtual_endpoint(primary, "orders", [primary])
    private = world.zone("privatelink.postgres.database.azure.com")
    endpoint = world.endpoint("pep", endpoints, public, "10.1.2.4")
    world.zone_group(endpoint, private)


def _names(world: World, vnet: str) -> None:
    zone = world.zone("corp.example")
    world.link(zone, vnet)
    world.a_record(zone, "a", "10.1.1.4", metadata={"creator": "someone"})
    world.aaaa_record(zone, "aaaa", "fd00::4")
    world.cname_record(zone, "cname", "a.corp.example")
    subnet = world.subnet(vnet, "dns", "10.1.3.0/28", delegation="dns")
    resolver = world.resolver("dnspr", vnet)
    world.inbound(resolver, subnet, "10.1.3.4")
    ruleset = world.ruleset("rules", world.outbound(resolver, subnet))
    world.forwarding_rule(ruleset, "corp", "corp.example.", "10.9.0.4")
    world.ruleset_link(ruleset, vnet)
    policy = world.dns_policy("policy", vnet)
    domains = world.domain_list("bad", "bad.example.")
    world.dns_policy_rule(policy, "block", 100, "Block", domains)


def _edges(world: World, vnet: str) -> None:
    policy = world.firewall_policy(
        "afwp", dns_proxy=True, dns_servers=["10.0.0.4"], snat=["10.0.0.0/8"]
    )
    world.rule_collections(policy, "pg", network_rule("pg", ["10.1.0.0/24"], ["10.1.1.0/28"]))
    world.ip_group("ipg", "10.1.0.0/24")
    world.azure_firewall("afw", f"{vnet}/subnets/AzureFirewallSubnet", "10.1.4.4", policy)
    subnet = world.subnet(vnet, "GatewaySubnet", "10.1.255.0/27")
    settings = {"bgpPeeringAddress": "10.1.255.4,10.1.255.5"}
    pool = {"vpnClientAddressPool": {"addressPrefixes": ["172.31.0.0/24"]}}
    gateway = world.gateway(
        "vgw", subnet, bgp=True, bgpSettings=settings, vpnClientConfiguration=pool
    )
    site = world.local_gateway("lgw", "192.168.0.0/16", bgpSettings={"asn": 65010})
    world.connection("cn", gateway, site)
    world.circuit("erc")
    wan = world.virtual_wan("wan")
    hub = world.virtual_hub("hub", wan, "10.100.0.0/23", routeTable={"routes": [{"a": 1}]})
    world.hub_connection(hub, vnet)
    world.hub_route_table(
        hub, "defaultRouteTable", {"name": "r", "destinations": ["0.0.0.0/0"], "nextHop": "/x/y"}
    )
    world.routing_intent(hub, f"{hub}/firewall/x")
    world.route_server("rs", vnet)


def _governance(world: World, vnet: str) -> None:
    world.admin_rules(vnet, admin_rule("deny", 10, "Deny", src=["Internet"], ports=["22"]))
    world.connectivity(vnet, hub=vnet)
    world.group_membership(vnet)
    world.lock(vnet, "keep", notes="kept")
    world.change(vnet, "2026-11-19T08:00:00Z", "properties.dhcpOptions", by="ops@contoso.com")
    chain = [{"name": "mg", "displayName": "Group"}]
    world.subscription(world.sub, "Production", managementGroupAncestorsChain=chain)
    world.resource_group(world.sub, world.rg)


def _nested(world: World) -> list[dict[str, Any]]:
    """Rows of what World only makes inside other rows, or not at all."""
    lists = {
        "subnets": "microsoft.network/virtualnetworks/subnets",
        "virtualNetworkPeerings": "microsoft.network/virtualnetworks/virtualnetworkpeerings",
        "privateEndpointConnections": (
            "microsoft.dbforpostgresql/flexibleservers/privateendpointconnections"
        ),
        "securityRules": "microsoft.network/networksecuritygroups/securityrules",
        "routes": "microsoft.network/routetables/routes",
    }
    found = [
        {**child, "type": arm_type}
        for row in world.rows
        for key, arm_type in lists.items()
        for child in row["properties"].get(key) or ()
        if "id" in child
    ]
    group = f"/subscriptions/{world.sub}/resourceGroups/{world.rg}"
    prefix = {
        "id": f"{group}/providers/Microsoft.Network/publicIPPrefixes/ippre",
        "name": "ippre",
        "type": "microsoft.network/publicipprefixes",
        "properties": {"ipPrefix": "20.60.8.0/29"},
    }
    return [*found, prefix]
