"""Worked examples about names, private endpoints and public servers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import hex_label, network_rule, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, findings, says, step
from tests.examples.scene import LINKED_TO, PRIVATE_LINK, RECORD, TO_FIREWALL, Scene

LINK = f"dns: {PRIVATE_LINK}/link-vnet-a"
ENDPOINT_RECORD = f"dns: {PRIVATE_LINK}/pg1 aRecords[].ipv4Address=10.2.9.4"
ENDPOINT_ROUTE = "forward_route: pe-pg1 networkInterfaces=10.2.9.4"


def test_g19_custom_dns_in_a_network_without_the_link() -> None:
    """Worked example G19."""
    scene = Scene(app_dns=["10.0.5.4"]).spokes().peered()
    subnet = scene.subnet(scene.hub, "snet-dns", "10.0.5.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.0.5.4"))
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    says(found, "blocked ZONE_NOT_LINKED", "allowed", f"{LINKED_TO}vnet-a, vnet-b")
    assert "vnet-hub" in step(found, "dns")["text"]


def _ruleset(*domains: str) -> Scene:
    scene = Scene().peered()
    subnet = scene.subnet(scene.hub, "snet-dns-out", "10.0.3.0/28", delegation="dns")
    resolver = scene.resolver("dnspr-hub", scene.hub)
    ruleset = scene.ruleset("frs-hub", scene.outbound(resolver, subnet))
    for number, domain in enumerate(domains):
        scene.forwarding_rule(ruleset, f"rule-{number}", domain, "10.9.9.9")
    scene.ruleset_link(ruleset, scene.a)
    scene.linked(scene.a)
    return scene


def test_g20_wildcard_rule_skips_azure_names() -> None:
    """Worked example G20."""
    says(ask(_ruleset("."), "vm-a", "pg1"), "allowed", "allowed", RECORD)


def test_g20_rule_for_the_suffix_sends_the_query_away() -> None:
    """Worked example G20."""
    found = ask(_ruleset(".", "postgres.database.azure.com."), "vm-a", "pg1")
    by = "dns: frs-hub/rule-1 targetDnsServers[].ipAddress=10.9.9.9"
    says(found, "unknown DNS_SERVER_PATH_UNKNOWN", "allowed", by)


class EndpointScene(World):
    """A public server with a private endpoint at 10.2.9.4 in vnet-b, peered with vnet-a."""

    def __init__(
        self,
        *,
        access: str = "Enabled",
        policy: str = "Disabled",
        endpoint_rules: list[dict[str, Any]] | None = None,
        app_routes: list[dict[str, Any]] | None = None,
        status: str = "Approved",
    ) -> None:
        super().__init__()
        self.a = self.vnet("vnet-a", "10.1.0.0/16")
        self.b = self.vnet("vnet-b", "10.2.0.0/16")
        self.hub = self.vnet("vnet-hub", "10.0.0.0/16")
        self.peer(self.a, self.b)
        self.nat_ip = self.public_ip("pip-nat", "20.1.1.1")
        table = self.route_table("rt-app", *app_routes) if app_routes else None
        self.app = self.subnet(
            self.a, "snet-app", "10.1.2.0/24", nat=self.nat("nat-a", self.nat_ip), route_table=table
        )
        nsg = None if endpoint_rules is None else self.nsg("nsg-pe", *endpoint_rules)
        self.pe_subnet = self.subnet(
            self.b, "snet-pe", "10.2.9.0/24", nsg=nsg, privateEndpointNetworkPolicies=policy
        )
        self.vm_a = self.vm("vm-a", self.nic("nic-a", self.app, "10.1.2.4"))
        self.pg1 = self.public_server("pg1", access)
        self.pe = self.endpoint("pe-pg1", self.pe_subnet, self.pg1, "10.2.9.4", status)
        self.z = self.zone(PRIVATE_LINK)

    def recorded(self) -> None:
        """Add the endpoint's record to the zone."""
        self.a_record(self.z, "pg1", "10.2.9.4", ttl=10)


def test_g21_linked_zone_without_the_record() -> None:
    """Worked example G21."""
    scene = EndpointScene()
    scene.firewall_rule(scene.pg1, "nat", "20.1.1.1", "20.1.1.1")
    link = scene.link(scene.z, scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "blocked RECORD_MISSING", "allowed", f"{LINK} virtualNetwork.id=vnet-a")
    assert found["server"]["mode"] == "private_endpoint"
    scene.properties(link)["resolutionPolicy"] = "NxDomainRedirect"
    found = ask(scene, "vm-a", "pg1")
    by = (f"{LINK} resolutionPolicy=NxDomainRedirect", "server_access: pg1/nat startIpAddress=")
    says(found, "allowed PUBLIC_ANSWER", "allowed", by[0], by[1] + "20.1.1.1")
    assert "bypasses the private endpoint" in step(found, "dns")["text"]


def test_g22_endpoint_zone_not_linked_and_public_access_off() -> None:
    """Worked example G22."""
    scene = EndpointScene(access="Disabled")
    scene.recorded()
    scene.link(scene.z, scene.hub)
    found = ask(scene, "vm-a", "pg1")
    by = f"dns: {PRIVATE_LINK} virtualNetworkLinks[].properties.virtualNetwork.id=vnet-hub"
    says(found, "blocked PUBLIC_ANSWER", "allowed", by, ENDPOINT_ROUTE)


@pytest.mark.parametrize(
    ("policy", "expected", "by"),
    [
        ("Disabled", "allowed", "nobody"),
        ("NetworkSecurityGroupEnabled", "blocked NSG_DENY", "nsg-pe/deny-pg access=Deny"),
    ],
)
def test_g23_nsg_of_an_endpoint_subnet(policy: str, expected: str, by: str) -> None:
    """Worked example G23."""
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    scene = EndpointScene(policy=policy, endpoint_rules=[deny])
    scene.recorded()
    scene.link(scene.z, scene.a)
    found = ask(scene, "vm-a", "pg1")
    says(found, "allowed", expected, f"server_filter: {by}", ENDPOINT_RECORD, ENDPOINT_ROUTE)
    assert ("PGT321" in findings(scene)) is (policy == "Disabled")


BEHIND = "return_route: fw-hub ipConfigurations[].properties.privateIPAddress=10.0.1.4"
INSPECTED = "forward_route: rt-app/inspect nextHopType=VirtualAppliance"


@pytest.mark.parametrize(
    ("prefix", "policy", "expected", "by"),
    [
        ("0.0.0.0/0", "Disabled", "allowed", (ENDPOINT_ROUTE,)),
        ("10.2.0.0/16", "Disabled", "allowed", (ENDPOINT_ROUTE,)),
        (
            "10.2.0.0/16",
            "RouteTableEnabled",
            "unknown ENDPOINT_BEHIND_APPLIANCE",
            (BEHIND, INSPECTED),
        ),
    ],
)
def test_g24_j12_routes_and_the_endpoint_address(
    prefix: str, policy: str, expected: str, by: tuple[str, ...]
) -> None:
    """Worked example G24."""
    to_firewall = route("inspect", prefix, "VirtualAppliance", TO_FIREWALL)
    scene = EndpointScene(policy=policy, app_routes=[to_firewall])
    subnet = scene.subnet(scene.hub, "AzureFirewallSubnet", "10.0.1.0/26")
    policy_id = scene.firewall_policy("fwp-hub")
    scene.rule_collections(policy_id, "rcg", network_rule("pg", ["10.0.0.0/8"], ["10.2.0.0/16"]))
    scene.azure_firewall("fw-hub", subnet, TO_FIREWALL, policy_id)
    forwarded = {"allowForwardedTraffic": True}
    scene.peer(scene.a, scene.hub, forwarded, forwarded)
    scene.peer(scene.b, scene.hub, forwarded, forwarded)
    scene.recorded()
    scene.link(scene.z, scene.a)
    says(ask(scene, "vm-a", "pg1"), "allowed", expected, *by)
    assert ("PGT911" in findings(scene)) is (policy != "Disabled")


def _public(*rules: tuple[str, str]) -> World:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    nat = world.nat("nat-a", world.public_ip("pip-nat", "20.1.1.1"))
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nat=nat)
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4"))
    server = world.public_server("pg1")
    for number, (start, end) in enumerate(rules):
        world.firewall_rule(server, f"rule-{number}", start, end)
    return world


def test_g26_private_range_in_a_firewall_rule_matches_nothing() -> None:
    """G26: R35: a rule of private addresses lets nobody in."""
    found = ask(_public(("10.1.0.0", "10.1.255.255")), "vm-a", "pg1")
    says(found, "allowed", "blocked FIREWALL_RULE_MISSING", f"{ACCESS} firewallRules=rule-0")
    assert "20.1.1.1" in step(found, "server_access")["text"]
    found = ask(_public(("10.1.0.0", "10.1.255.255"), ("20.1.1.1", "20.1.1.1")), "vm-a", "pg1")
    says(found, "allowed", "allowed", f"{ACCESS}/rule-1 startIpAddress=20.1.1.1")


ACCESS = "server_access: pg1"


def test_g27_rule_for_azure_services() -> None:
    """Worked example G27."""
    world = _public(("0.0.0.0", "0.0.0.0"))
    found = ask(world, "vm-a", "pg1")
    says(found, "allowed", "allowed", f"{ACCESS}/rule-0 startIpAddress=0.0.0.0")
    found = ask(world, "internet:203.0.113.7", "pg1")
    says(found, "allowed", "blocked FIREWALL_RULE_MISSING", f"{ACCESS} firewallRules=rule-0")


def test_g31_another_zone_of_the_same_name_answers() -> None:
    """Worked example G31."""
    scene = Scene().peered()
    first = scene.zone(PRIVATE_LINK, rg="rg-team-1")
    scene.link(first, scene.a)
    second = scene.zone(PRIVATE_LINK, rg="rg-team-2")
    subnet = scene.subnet(scene.b, "snet-pg-2", "10.2.2.0/28", delegation="pg")
    scene.a_record(second, hex_label("pg2"), "10.2.2.4")
    scene.server("pg2", subnet, second)
    found = ask(scene, "vm-a", "pg2")
    says(found, "blocked WRONG_ZONE", "allowed", f"{LINK} virtualNetwork.id=vnet-a")
    assert "/rg-team-1/" in step(found, "dns")["decided_by"]["resource"]
