"""A list inside a network's row that cannot be read is named as what is missing."""

from __future__ import annotations

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import Unknown
from pgtopo.checks.reading import not_visible, settle
from pgtopo.checks.runner import outcomes
from pgtopo.checks.subnet.subnet_without_server_delegation import subnet_without_server_delegation
from pgtopo.model.ids import fold
from pgtopo.model.network import SubnetUsage, VirtualNetwork
from pgtopo.sources.salvage import UNREADABLE
from tests.examples.scene import Scene


def _messages(scene: Scene) -> list[str]:
    found = outcomes(Facts(scene.topology()), subnet_without_server_delegation)
    return [outcome.message for _, outcome in found if isinstance(outcome, Unknown)]


def test_a_list_of_subnets_of_the_wrong_type_is_said_to_be_unreadable() -> None:
    scene = Scene(pg_nsg=[])
    for row in scene.rows:
        if row["type"].lower() == VirtualNetwork.KIND:
            row["properties"]["subnets"] = "no"
    scene.rows = [row for row in scene.rows if not row["type"].lower().endswith("/subnets")]
    (message,) = _messages(scene)
    assert "the field properties.subnets of network" in message
    assert "could not be read: expected a list" in message
    assert "its row was not read" not in message


def test_a_reference_that_cannot_be_read_has_no_command_with_its_id() -> None:
    facts = Facts(Scene().topology())
    found = not_visible(facts, VirtualNetwork.KIND, fold(UNREADABLE))
    assert "could not be read" in found.message
    assert UNREADABLE not in f"{found.message} {found.settle_with}"


def test_the_command_for_a_subnets_use_names_its_network_and_region() -> None:
    scene = Scene()
    asked = settle(Facts(scene.topology()), SubnetUsage.KIND, fold(scene.pg))
    assert f'"virtualNetworkArmResourceId": "{scene.b}"' in asked
    assert "/locations/westeurope/" in asked
    assert "<" not in asked
