"""Worked examples about names, private endpoints and public servers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.estates.rows import hex_label, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, decider, step, verdicts
from tests.examples.scene import PRIVATE_LINK, TO_FIREWALL, Scene

ALLOWED = ("allowed", "allowed", "allowed")


def test_g19_custom_dns_in_a_network_without_the_link() -> None:
    """G19."""
    scene = Scene(app_dns=["10.0.5.4"]).spokes().peered()
    subnet = scene.subnet(scene.hub, "snet-dns", "10.0.5.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.0.5.4"))
    scene.linked(scene.a, scene.b)
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ("blocked", "allowed", "blocked")
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
    """G20."""
    assert verdicts(ask(_ruleset("."), "vm-a", "pg1")) == ALLOWED


def test_g20_rule_for_the_suffix_sends_the_query_away() -> None:
    """G20."""
    found = ask(_ruleset(".", "postgres.database.azure.com."), "vm-a", "pg1")
    assert verdicts(found) == ("unknown", "allowed", "unknown")


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
    """G21."""
    scene = EndpointScene()
    scene.firewall_rule(scene.pg1, "nat", "20.1.1.1", "20.1.1.1")
    link = scene.link(scene.z, scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "blocked"
    assert found["verdict"] == "blocked"
    assert found["server"]["mode"] == "private_endpoint"
    scene.properties(link)["resolutionPolicy"] = "NxDomainRedirect"
    found = ask(scene, "vm-a", "pg1")
    assert verdicts(found) == ALLOWED
    assert found["dns"]["code"] == "PUBLIC_ANSWER"


def test_g22_endpoint_zone_not_linked_and_public_access_off() -> None:
    """G22."""
    scene = EndpointScene(access="Disabled")
    scene.recorded()
    scene.link(scene.z, scene.hub)
    found = ask(scene, "vm-a", "pg1")
    assert found["verdict"] == "blocked"
    assert found["dns"] == found["dns"] | {"verdict": "blocked", "code": "PUBLIC_ANSWER"}
    assert found["network"]["verdict"] == "allowed"


@pytest.mark.parametrize(
    ("policy", "expected"), [("Disabled", "allowed"), ("NetworkSecurityGroupEnabled", "blocked")]
)
def test_g23_nsg_of_an_endpoint_subnet(policy: str, expected: str) -> None:
    """G23."""
    deny = rule("deny-pg", 100, "Deny", ports="5432")
    scene = EndpointScene(policy=policy, endpoint_rules=[deny])
    scene.recorded()
    scene.link(scene.z, scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["network"]["verdict"] == expected
    assert found["verdict"] == expected
    if expected == "blocked":
        assert "deny-pg" in decider(found, "server_filter", "blocked")


@pytest.mark.parametrize(
    ("prefix", "policy", "expected"),
    [
        ("0.0.0.0/0", "Disabled", "allowed"),
        ("10.2.0.0/16", "Disabled", "allowed"),
        ("10.2.0.0/16", "RouteTableEnabled", "unknown"),
    ],
)
def test_g24_routes_and_the_endpoint_address(prefix: str, policy: str, expected: str) -> None:
    """G24, J12."""
    to_firewall = route("inspect", prefix, "VirtualAppliance", TO_FIREWALL)
    scene = EndpointScene(policy=policy, app_routes=[to_firewall])
    subnet = scene.subnet(scene.hub, "AzureFirewallSubnet", "10.0.1.0/26")
    policy_id = scene.firewall_policy("fwp-hub")
    from tests.estates.rows import network_rule

    scene.rule_collections(policy_id, "rcg", network_rule("pg", ["10.0.0.0/8"], ["10.2.0.0/16"]))
    scene.azure_firewall("fw-hub", subnet, TO_FIREWALL, policy_id)
    forwarded = {"allowForwardedTraffic": True}
    scene.peer(scene.a, scene.hub, forwarded, forwarded)
    scene.peer(scene.b, scene.hub, forwarded, forwarded)
    scene.recorded()
    scene.link(scene.z, scene.a)
    assert ask(scene, "vm-a", "pg1")["network"]["verdict"] == expected


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
    """G26, R35."""
    found = ask(_public(("10.1.0.0", "10.1.255.255")), "vm-a", "pg1")
    assert verdicts(found) == ("allowed", "blocked", "blocked")
    assert step(found, "server_access")["verdict"] == "blocked"
    assert "20.1.1.1" in step(found, "server_access")["text"]
    found = ask(_public(("10.1.0.0", "10.1.255.255"), ("20.1.1.1", "20.1.1.1")), "vm-a", "pg1")
    assert verdicts(found) == ALLOWED


def test_g27_rule_for_azure_services() -> None:
    """G27."""
    world = _public(("0.0.0.0", "0.0.0.0"))
    assert verdicts(ask(world, "vm-a", "pg1")) == ALLOWED
    found = ask(world, "internet:203.0.113.7", "pg1")
    assert found["verdict"] == "blocked"


def test_g31_another_zone_of_the_same_name_answers() -> None:
    """G31."""
    scene = Scene().peered()
    first = scene.zone(PRIVATE_LINK, rg="rg-team-1")
    scene.link(first, scene.a)
    second = scene.zone(PRIVATE_LINK, rg="rg-team-2")
    subnet = scene.subnet(scene.b, "snet-pg-2", "10.2.2.0/28", delegation="pg")
    scene.a_record(second, hex_label("pg2"), "10.2.2.4")
    scene.server("pg2", subnet, second)
    found = ask(scene, "vm-a", "pg2")
    assert verdicts(found) == ("blocked", "allowed", "blocked")
    assert "rg-team-1" in str(step(found, "dns")).lower()
