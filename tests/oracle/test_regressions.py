"""Estates on which the engine once said something else than the oracle, made small."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.verdict import Verdict
from tests.estates.rows import route, rule
from tests.estates.world import World
from tests.examples.ask import ask, verdicts
from tests.examples.scene import DATABASE_TO_SPOKE, SPOKE_TO_DATABASE, Scene
from tests.examples.test_name_examples import EndpointScene


@pytest.mark.parametrize(
    ("pg_nsg", "expected"),
    [
        ([rule("nva", 200, "Allow", src="10.0.1.4", ports="5432")], "unknown"),
        ([], "blocked"),
    ],
)
def test_rule_for_the_appliance_itself_may_undo_the_access_flag(
    pg_nsg: list[dict[str, Any]], expected: str
) -> None:
    """J40: behind an appliance that may translate, the source is not certain."""
    scene = Scene(app_routes=[SPOKE_TO_DATABASE], pg_routes=[DATABASE_TO_SPOKE], pg_nsg=pg_nsg)
    scene.spokes(b_flags={"allowVirtualNetworkAccess": False})
    scene.appliance()
    scene.linked(scene.a)
    assert verdicts(ask(scene, "vm-a", "pg1"))[1] == expected


def test_word_that_is_no_tag_denies_nothing() -> None:
    """J55: such a rule is passed over, for private and public servers alike."""
    deny = rule("typo", 100, "Deny", "Outbound", dst="us-east.storage", ports="5432")
    scene = Scene(app_nsg=[deny]).peered()
    scene.linked(scene.a)
    assert verdicts(ask(scene, "vm-a", "pg1"))[1] == "allowed"


def test_dns_server_in_no_subnet_of_the_own_network_does_not_answer() -> None:
    scene = Scene(app_dns=["10.1.77.4"]).peered()
    scene.linked(scene.a)
    found = ask(scene, "vm-a", "pg1")
    assert found["dns"]["verdict"] == "blocked"
    assert "overlap" not in str(found["steps"])


def test_route_that_keeps_a_foreign_prefix_leaves_the_way_back_to_be_judged() -> None:
    keep = route("keep", "10.2.0.0/16", "VnetLocal")
    scene = Scene(app_routes=[keep])
    scene.linked(scene.a)
    assert verdicts(ask(scene, "vm-a", "pg1"))[1] == "blocked"


def test_matrix_of_public_servers_only() -> None:
    world = World()
    network = world.vnet("vnet-a", "10.1.0.0/16")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    world.public_server("pg1")
    cell = matrix(Facts(world.topology())).cell(0, 0)
    assert cell.dns is Verdict.ALLOWED


@pytest.mark.parametrize("access", ["Deny", "Allow"])
def test_source_ports_of_rules_for_endpoints_count_as_any(access: str) -> None:
    """A3: filters by source port are treated as any for private endpoints."""
    some = rule("some", 100, access, ports="5432", src_ports="1-1023")
    rest = rule("rest", 200, "Deny" if access == "Allow" else "Allow", ports="5432")
    scene = EndpointScene(policy="NetworkSecurityGroupEnabled", endpoint_rules=[some, rest])
    scene.recorded()
    scene.link(scene.z, scene.a)
    expected = "allowed" if access == "Allow" else "blocked"
    assert verdicts(ask(scene, "vm-a", "pg1"))[1] == expected


def test_dns_server_nobody_knows_is_not_doubted_for_what_another_address_meets() -> None:
    """J16: a custom rule against some of the addresses proves nothing for the others."""
    deny = rule("d", 100, "Deny", "Outbound", "*", src="10.1.2.128/25", dst="192.168.9.9")
    scene = Scene(app_dns=["192.168.9.9"], app_nsg=[deny]).peered()
    scene.linked(scene.a)
    assert verdicts(ask(scene, "10.1.2.4", "pg1"))[0] == "unknown"
    assert verdicts(ask(scene, "snet-app", "pg1"))[0] != "blocked"
