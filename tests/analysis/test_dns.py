"""Names over Azure DNS: the verdict table, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.analysis.names.answer import AnswerKind
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import fold
from tests.analysis.dns_questions import (
    ALLOWED,
    BLOCKED,
    SUFFIX,
    UNKNOWN,
    codes,
    name_of,
    public_scene,
)
from tests.examples.scene import PRIVATE_LINK, ZONE, Scene
from tests.examples.test_name_examples import EndpointScene

# -- the verdict table: injected servers -----------------------------------------------------------


def test_c7_injected_zone_linked_and_record_present() -> None:
    scene = Scene().linked()
    scene.linked(scene.a)
    found = name_of(scene)
    assert found.verdict is ALLOWED
    assert found.kind is AnswerKind.INJECTED
    assert found.answers == ("10.2.1.5",)
    assert found.zone == fold(scene.z)
    assert found.decided_by is not None
    assert found.decided_by.resource == fold(scene.record)
    assert codes(found) == {"PUBLIC_CNAME_CHAIN"}


def test_c7_injected_zone_linked_and_record_absent() -> None:
    scene = Scene()
    scene.linked(scene.a)
    scene.remove(scene.record)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "RECORD_MISSING")
    assert found.zone == fold(scene.z)


def test_c7_injected_another_zone_of_the_name_linked() -> None:
    scene = Scene()
    scene.link(scene.zone(ZONE, rg="rg-other"), scene.a)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "WRONG_ZONE")
    assert "rg-other" in found.text


def test_c7_injected_no_link() -> None:
    scene = Scene()
    scene.linked(scene.b)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "ZONE_NOT_LINKED")
    assert f"Zone {ZONE} is not linked to vnet-a" in found.text
    assert "could not translate host name" in found.text
    assert found.decided_by is not None
    assert found.decided_by.resource == fold(scene.z)
    assert found.decided_by.value == ("vnet-b",)


@pytest.mark.parametrize(
    "state",
    [
        {"virtualNetworkLinkState": "InProgress"},
        {"provisioningState": "Failed"},
        {"provisioningState": "Deleting"},
        {"virtualNetworkLinkState": ..., "provisioningState": ...},
    ],
)
def test_c7_injected_link_not_finished(state: dict[str, Any]) -> None:
    scene = Scene()
    scene.link(scene.z, scene.a, **state)
    assert name_of(scene).code == "LINK_NOT_FINISHED"
    assert name_of(scene).verdict is UNKNOWN


def test_link_without_state_but_provisioned_counts() -> None:
    scene = Scene()
    scene.link(scene.z, scene.a, virtualNetworkLinkState=...)
    assert name_of(scene).verdict is ALLOWED


def test_c7_injected_records_not_readable() -> None:
    scene = Scene()
    scene.linked(scene.a)
    scene.remove(scene.record)
    scene.denied("microsoft.network/privatednszones/a")
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "RECORDS_NOT_READ")
    assert "microsoft.network/privatednszones/a" in found.text


def test_record_that_is_here_counts_whatever_coverage_says() -> None:
    scene = Scene()
    scene.linked(scene.a)
    scene.denied("microsoft.network/privatednszones/a")
    assert name_of(scene).verdict is ALLOWED


# -- the verdict table: servers with a private endpoint --------------------------------------------


def test_c7_endpoint_zone_linked_and_record_present() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a)
    found = name_of(scene)
    assert (found.verdict, found.kind) == (ALLOWED, AnswerKind.ENDPOINT)
    assert found.answers == ("10.2.9.4",)
    assert not found.assumptions


def test_c7_endpoint_record_absent() -> None:
    scene = EndpointScene()
    scene.link(scene.z, scene.a)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "RECORD_MISSING")


@pytest.mark.parametrize(("access", "verdict"), [("Enabled", ALLOWED), ("Disabled", BLOCKED)])
def test_c7_endpoint_record_absent_with_redirect(access: str, verdict: Verdict) -> None:
    scene = EndpointScene(access=access)
    scene.link(scene.z, scene.a, resolutionPolicy="NXDomainRedirect")
    found = name_of(scene)
    assert (found.verdict, found.code) == (verdict, "PUBLIC_ANSWER")
    assert found.kind is AnswerKind.PUBLIC
    assert found.decided_by is not None
    assert found.decided_by.property == "properties.resolutionPolicy"


def test_redirect_is_for_private_link_zones_only() -> None:
    scene = EndpointScene()
    scene.link(scene.zone(SUFFIX), scene.a, resolutionPolicy="NxDomainRedirect")
    assert name_of(scene).code == "NAME_CAPTURED"


@pytest.mark.parametrize(
    ("policy", "code"), [("Default", "RECORD_MISSING"), ("NxDomainRedirect", "PUBLIC_ANSWER")]
)
def test_c7_endpoint_another_zone_of_the_name_linked(policy: str, code: str) -> None:
    scene = EndpointScene()
    scene.recorded()
    other = scene.zone(PRIVATE_LINK, rg="rg-other")
    scene.link(other, scene.a, resolutionPolicy=policy)
    assert name_of(scene).code == code


@pytest.mark.parametrize(
    ("access", "verdict"), [("Enabled", ALLOWED), ("Disabled", BLOCKED), (None, UNKNOWN)]
)
def test_c7_j26_endpoint_no_link(access: str | None, verdict: Verdict) -> None:
    scene = EndpointScene(access=access or "Enabled")
    if access is None:
        del scene.properties(scene.pg1)["network"]["publicNetworkAccess"]
    scene.recorded()
    scene.link(scene.z, scene.hub)
    found = name_of(scene)
    assert (found.verdict, found.code) == (verdict, "PUBLIC_ANSWER")
    assert PRIVATE_LINK in found.text
    assert found.decided_by is not None
    assert found.decided_by.resource == fold(scene.z)


def test_c7_endpoint_link_not_finished() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a, virtualNetworkLinkState="InProgress")
    assert name_of(scene).code == "LINK_NOT_FINISHED"


def test_c7_endpoint_records_not_readable() -> None:
    scene = EndpointScene()
    scene.link(scene.z, scene.a)
    scene.denied("microsoft.network/privatednszones/a")
    assert name_of(scene).verdict is UNKNOWN


# -- the verdict table: public servers -------------------------------------------------------------


@pytest.mark.parametrize("state", ["Completed", "InProgress", None])
def test_c7_public_server_whatever_private_link_zones_say(state: str | None) -> None:
    scene = public_scene()
    if state:
        scene.link(scene.z, scene.a, virtualNetworkLinkState=state)
    scene.denied("microsoft.network/privatednszones/a")
    found = name_of(scene, server="pg2")
    assert (found.verdict, found.code, found.kind) == (ALLOWED, "OK", AnswerKind.PUBLIC)
    assert found.zone is None
    assert found.answers == ()


def test_d09_zone_named_like_the_suffix_captures_every_name() -> None:
    scene = public_scene()
    zone = scene.zone(SUFFIX)
    scene.link(zone, scene.a)
    assert name_of(scene, server="pg2").code == "NAME_CAPTURED"
    scene.a_record(zone, "pg2", "20.50.1.2")
    assert name_of(scene, server="pg2").code == "ADDRESS_UNCLEAR"
