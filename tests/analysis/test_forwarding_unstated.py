"""Rows that do not state whether they let forwarded packets pass: nothing follows from silence."""

import pytest

from pgtopo.analysis.clients.clients import subnet_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.engine import cell_of
from pgtopo.analysis.path.trace import trace
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from tests.estates.world import World
from tests.examples.ask import ask, says, step
from tests.examples.test_network_examples import _hub_and_spoke
from tests.oracle.estates import random_estate

_FLAG = "allowForwardedTraffic"


def _silent(world: World, name: str = "") -> World:
    """The peerings of one network, or of all, without the flag."""
    for row in world.rows:
        if row["type"].lower().endswith("/virtualnetworks") and (name in ("", row["name"])):
            for half in row["properties"].get("virtualNetworkPeerings", ()):
                half["properties"].pop(_FLAG, None)
    return world


def test_g14_a_peering_that_does_not_say_leaves_it_open() -> None:
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    _silent(scene, "vnet-b")
    found = ask(scene, "vm-a", "pg1")
    by = f"peering: vnet-b/peer-vnet-b-to-vnet-hub {_FLAG}=None"
    says(found, "allowed", "unknown FORWARDED_TRAFFIC_REFUSED", by)
    assert "is not stated" in step(found, "peering", "unknown")["text"]
    assert "FORWARDING_UNSEEN" in {one["code"] for one in found["assumptions"]}
    assert "PGT505" not in scene.findings()


def test_traffic_of_the_peer_itself_does_not_need_the_flag() -> None:
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    inside = scene.subnet(scene.hub, "snet-hub", "10.0.7.0/26")
    _silent(scene, "vnet-b")
    found = ask(scene, inside, "pg1")
    assert not any(one["code"] == "FORWARDED_TRAFFIC_REFUSED" for one in found["steps"])


def test_g16_an_interface_that_does_not_say_leaves_it_open() -> None:
    scene = _hub_and_spoke(pg_nsg=[])
    scene.appliance()
    nic = next(one["id"] for one in scene.rows if one["name"] == "nic-nva")
    del scene.properties(nic)["enableIPForwarding"]
    by = "transit: nic-nva enableIPForwarding=None"
    says(ask(scene, "vm-a", "pg1"), "allowed", "unknown APPLIANCE_NOT_FORWARDING", by)
    report = run(Facts(scene.topology()), catalogue())
    told = {one.outcome for one in report.findings if one.check == "PGT406"}
    assert {one.value for one in told} == {"unknown"}


def test_a_setting_settles_it() -> None:
    scene = _hub_and_spoke(pg_nsg=[])
    scene.firewall()
    _silent(scene, "vnet-b")
    settings = '[assumptions]\nFORWARDING_UNSEEN = "allowed"\n'
    assert ask(scene, "vm-a", "pg1", settings=settings)["network"]["verdict"] == "allowed"


@pytest.mark.parametrize("seed", range(3500, 3506))
def test_the_matrix_says_what_tracing_says(seed: int) -> None:
    world = _silent(random_estate(seed).world)
    for row in world.rows:
        if row["type"].lower().endswith("/networkinterfaces"):
            row["properties"].pop("enableIPForwarding", None)
    facts = Facts(world.topology())
    found = matrix(facts)
    for number, subnet in enumerate(found.clients):
        client = subnet_client(facts, subnet)
        for place, server in enumerate(found.servers):
            where = f"seed {seed}: {subnet.name} to {server.name}"
            assert found.cell(number, place) == cell_of(trace(facts, client, server)), where
