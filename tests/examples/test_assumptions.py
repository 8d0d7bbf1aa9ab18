"""What verdicts rest on beside data: shown with a code, overridden by the settings file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from pgtopo.analysis.assumptions import ASSUMPTIONS
from tests.estates.rows import hex_label, network_rule, route, rule
from tests.estates.world import World
from tests.examples.ask import ask, assumptions
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, TO_FIREWALL, Scene
from tests.examples.test_name_examples import EndpointScene

DEFAULT = route("default", "0.0.0.0/0", "VirtualAppliance", TO_FIREWALL)
SITE = ("onprem:192.168.10.0/24", "--client-dns=10.0.2.4")
ADMITS = '[[appliance]]\naddress = "10.0.1.4"\nallows = ["10.0.0.0/8"]\n'


class Case(NamedTuple):
    """A scene on which a verdict rests on an assumption."""

    code: str
    made: Callable[[], World]
    default: str
    """The verdict without settings."""
    client: tuple[str, ...] = ("vm-a",)
    facts: str = ""


def _two_candidates() -> World:
    scene = Scene(pg_nsg=[rule("one", 100, "Deny", dst="10.2.1.6", ports="5432")]).peered()
    scene.a_record(scene.z, hex_label("pg2"), "10.2.1.6")
    return scene.linked(scene.a)


def _plain() -> World:
    scene = Scene(pg_nsg=[]).peered()
    return scene.linked(scene.a)


def _dns_machine() -> World:
    scene = Scene(app_dns=["10.2.7.4"]).peered()
    subnet = scene.subnet(scene.b, "snet-dns", "10.2.7.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.2.7.4"))
    return scene.linked(scene.b)


def _endpoint_behind_firewall() -> World:
    to_firewall = route("inspect", "10.2.0.0/16", "VirtualAppliance", TO_FIREWALL)
    scene = EndpointScene(policy="RouteTableEnabled", app_routes=[to_firewall])
    subnet = scene.subnet(scene.hub, "AzureFirewallSubnet", "10.0.1.0/26")
    policy = scene.firewall_policy("fwp-hub")
    scene.rule_collections(policy, "rcg", network_rule("pg", ["10.0.0.0/8"], ["10.2.0.0/16"]))
    scene.azure_firewall("fw-hub", subnet, TO_FIREWALL, policy)
    forwarded = {"allowForwardedTraffic": True}
    scene.peer(scene.a, scene.hub, forwarded, forwarded)
    scene.peer(scene.b, scene.hub, forwarded, forwarded)
    scene.recorded()
    scene.link(scene.z, scene.a)
    return scene


def _one_way() -> World:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE]).spokes().peered(allowForwardedTraffic=True)
    scene.appliance()
    return scene.linked(scene.a)


def _wide_tag() -> World:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DEFAULT], pg_nsg=[]).spokes()
    scene.firewall()
    return scene.linked(scene.a)


def _forwarded() -> World:
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE])
    scene.spokes(b_flags={"allowForwardedTraffic": False})
    scene.firewall()
    return scene.linked(scene.a)


def _access_off() -> World:
    scene = Scene()
    scene.peer(scene.a, scene.b, {}, {"allowVirtualNetworkAccess": False})
    return scene.linked(scene.a)


def _filter_not_read() -> World:
    """The interface's own group admits, and what it says of Azure DNS is not known."""
    scene = Scene(app_nsg=[]).peered()
    scene.remove(scene.properties(scene.app)["networkSecurityGroup"]["id"])
    scene.denied("microsoft.network/networksecuritygroups")
    return scene.linked(scene.a)


def _public(**rules: str) -> World:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    deny = [
        rule(name, 100, "Deny", "Outbound", dst=tag, ports="5432") for name, tag in rules.items()
    ]
    subnet = world.subnet(network, "snet-app", "10.1.2.0/24", nsg=world.nsg("nsg-app", *deny))
    own = world.public_ip("pip", "20.1.1.1") if rules else None
    world.vm("vm-a", world.nic("nic-a", subnet, "10.1.2.4", public_ip=own))
    world.firewall_rule(world.public_server("pg1"), "one", "20.1.1.1", "20.1.1.1")
    return world


def _admin_rules_not_read() -> World:
    scene = _plain()
    scene.denied("microsoft.network/effectivesecurityadminrules")
    return scene


def _branch() -> World:
    scene = Scene(pg_nsg=[]).branch()
    scene.hub_resolver()
    return scene.linked(scene.hub)


def _profile() -> World:
    scene = _branch()
    gateway = next(
        row["id"] for row in scene.rows if row["type"].endswith("/virtualnetworkgateways")
    )
    pool = {"vpnClientAddressPool": {"addressPrefixes": ["172.30.0.0/24"]}}
    scene.properties(gateway)["vpnClientConfiguration"] = pool
    return scene


CASES = [
    Case("SUBNET_ADDRESS_CHOICE", _two_candidates, "unknown"),
    Case("PUBLIC_CNAME_CHAIN", _plain, "allowed"),
    Case("FORWARDER_BEHAVIOUR", _dns_machine, "unknown"),
    Case("APPLIANCE_SNAT", _endpoint_behind_firewall, "unknown"),
    Case("ONE_WAY_STEERING", _one_way, "unknown", facts=ADMITS),
    Case("TAG_WITH_DEFAULT_ROUTE", _wide_tag, "unknown"),
    Case("FORWARDED_TRAFFIC_FLAG", _forwarded, "unknown"),
    Case("NO_VNET_ACCESS_WITH_ALLOW", _access_off, "unknown"),
    Case("DEFAULT_OUTBOUND_ADDRESS", _public, "unknown"),
    Case("SQL_TAG", lambda: _public(deny="Sql"), "unknown"),
    Case("ADMIN_RULES_UNSEEN", _admin_rules_not_read, "allowed"),
    Case("ONPREM_DEVICE", _branch, "allowed", SITE),
    Case("CLIENT_PROFILE", _profile, "unknown", ("onprem:172.30.0.0/24", SITE[1])),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_j71_settings_override_what_a_verdict_rests_on(case: Case) -> None:
    client, *options = case.client
    made = case.made()
    found = ask(made, client, "pg1", *options, settings=case.facts)
    assert found["verdict"] == case.default
    assert case.code in assumptions(found)
    for word in ("allowed", "blocked"):
        said = f'{case.facts}\n[assumptions]\n{case.code} = "{word}"\n'
        found = ask(made, client, "pg1", *options, settings=said)
        assert found["verdict"] == word
        assert case.code not in assumptions(found)


def test_j71_reachability_of_azure_dns_rests_on_the_platform() -> None:
    made = _filter_not_read()
    found = ask(made, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "allowed"
    assert "PLATFORM_DNS" in assumptions(found)
    for word in ("allowed", "blocked"):
        found = ask(made, "vm-a", "pg1", settings=f'[assumptions]\nPLATFORM_DNS = "{word}"\n')
        assert found["dns"]["verdict"] == word
        assert "PLATFORM_DNS" not in assumptions(found)


def test_j71_other_scopes_unseen_keeps_the_verdict_it_stands_beside() -> None:
    made = _plain()
    for entry in made.coverage:
        entry["scope"] = f"/subscriptions/{made.sub}"
    found = ask(made, "vm-a", "pg1")
    assert found["verdict"] == "allowed"
    assert "OTHER_SCOPES_UNSEEN" in assumptions(found)
    for word in ("allowed", "blocked"):
        said = f'[assumptions]\nOTHER_SCOPES_UNSEEN = "{word}"\n'
        found = ask(made, "vm-a", "pg1", settings=said)
        assert found["verdict"] == word
        assert "OTHER_SCOPES_UNSEEN" not in assumptions(found)


def test_j71_ipv6_is_left_out_whatever_the_settings_say() -> None:
    scene = Scene().peered()
    scene.properties(scene.a)["addressSpace"]["addressPrefixes"].append("fd00:1::/48")
    scene.properties(scene.app)["addressPrefixes"] = ["10.1.2.0/24", "fd00:1:0:2::/64"]
    scene.linked(scene.a)
    assert "IPV6_NOT_JUDGED" in assumptions(ask(scene, "snet-app", "pg1"))
    assert not ASSUMPTIONS["IPV6_NOT_JUDGED"].is_settable


def test_j71_every_assumption_says_its_default_and_what_settles_it() -> None:
    listed = {case.code for case in CASES} | {"PLATFORM_DNS", "OTHER_SCOPES_UNSEEN"}
    assert listed <= set(ASSUMPTIONS)
    for code, kind in ASSUMPTIONS.items():
        assert kind.title, code
        assert kind.default, code
        assert kind.settle_with, code
        assert kind.is_settable or code not in listed
