"""Names over Azure DNS: zones that capture, twins, zones and links that were not read."""

from __future__ import annotations

import pytest

from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import fold
from tests.analysis.dns_questions import ALLOWED, BLOCKED, PARENT, SUFFIX, UNKNOWN, name_of
from tests.estates.rows import hex_label
from tests.examples.scene import PRIVATE_LINK, ZONE, Scene
from tests.examples.test_name_examples import EndpointScene

# -- injected servers: capture, twins, missing zones -----------------------------------------------


def test_c4_zone_named_like_the_suffix_answers_only_with_its_own_record() -> None:
    scene = Scene()
    zone = scene.zone(SUFFIX)
    scene.link(zone, scene.a)
    scene.linked(scene.a)
    assert name_of(scene).code == "NAME_CAPTURED"
    scene.a_record(zone, "PG1", "10.2.1.5")
    found = name_of(scene)
    assert (found.verdict, found.answers) == (ALLOWED, ("10.2.1.5",))


def test_capturing_zone_with_an_alias_into_the_own_zone() -> None:
    scene = Scene()
    zone = scene.zone(SUFFIX)
    scene.link(zone, scene.a)
    scene.cname_record(zone, "pg1", f"{hex_label('pg1')}.{ZONE}.")
    assert name_of(scene).code == "WRONG_ZONE"
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED
    scene.properties(f"{zone}/CNAME/pg1")["cnameRecord"] = {"cname": "elsewhere.example.com"}
    assert name_of(scene).code == "ALIAS_ELSEWHERE"


@pytest.mark.parametrize("is_through_another", [False, True])
def test_aliases_that_lead_in_a_circle(is_through_another: bool) -> None:
    scene = EndpointScene()
    public = scene.zone(SUFFIX)
    scene.link(public, scene.a)
    scene.link(scene.z, scene.a)
    domain = PRIVATE_LINK if is_through_another else SUFFIX
    record = scene.cname_record(public, "pg1", f"pg1.{domain}.")
    if is_through_another:
        record = scene.cname_record(scene.z, "pg1", f"pg1.{SUFFIX}.")
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "CNAME_LOOP")
    assert found.decided_by is not None
    assert found.decided_by.resource == fold(record)
    assert found.decided_by.property == "properties.cnameRecord.cname"
    assert found.zone == fold(scene.z if is_through_another else public)


def test_wildcard_record_answers() -> None:
    scene = EndpointScene()
    scene.a_record(scene.z, "*", "10.2.9.4")
    scene.link(scene.z, scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_d08_zone_named_like_the_server_captures_the_name() -> None:
    scene = Scene()
    zone = scene.zone(f"pg1.{SUFFIX}")
    scene.a_record(zone, hex_label("pg1"), "10.2.1.5")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone
    scene.link(zone, scene.a)
    assert name_of(scene).code == "NAME_CAPTURED"


def test_parent_and_child_zone_linked_the_longest_answers() -> None:
    scene = Scene()
    scene.link(scene.zone(PARENT), scene.a)
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED


@pytest.mark.parametrize("name", [ZONE, PARENT])
def test_j22_j43_other_zone_holds_a_record_in_the_subnet(name: str) -> None:
    scene = Scene()
    other = scene.zone(name, rg="rg-other")
    scene.a_record(other, "manual", "10.2.1.9")
    scene.link(other, scene.a)
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "OTHER_ZONE_RECORD")


def test_j23_zone_row_missing_although_zones_were_read() -> None:
    scene = Scene()
    scene.remove(scene.record)
    scene.remove(scene.z)
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "ZONE_NOT_VISIBLE")


def test_j42_zone_row_missing_and_a_parent_linked() -> None:
    scene = Scene()
    scene.link(scene.zone(PARENT), scene.a)
    scene.remove(scene.record)
    scene.remove(scene.z)
    assert name_of(scene).verdict is BLOCKED


@pytest.mark.parametrize(("linked", "verdict"), [(True, ALLOWED), (False, BLOCKED)])
def test_j59_zone_rows_denied_but_links_read(linked: bool, verdict: Verdict) -> None:
    scene = Scene()
    scene.linked(scene.a if linked else scene.b)
    scene.remove(scene.z)
    scene.denied("microsoft.network/privatednszones")
    assert name_of(scene).verdict is verdict


def test_j59_link_that_is_here_counts_whatever_coverage_says() -> None:
    scene = Scene()
    scene.linked(scene.a)
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    assert name_of(scene).verdict is ALLOWED


def test_links_not_read() -> None:
    scene = Scene()
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "LINKS_NOT_READ")
    assert "virtualnetworklinks" in found.text


def test_links_not_read_but_a_twin_is_linked() -> None:
    scene = Scene()
    scene.link(scene.zone(ZONE, rg="rg-other"), scene.a)
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    assert name_of(scene).code == "WRONG_ZONE"


def test_links_not_read_and_a_parent_is_linked() -> None:
    scene = Scene()
    scene.link(scene.zone(PARENT), scene.a)
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    assert name_of(scene).code == "LINKS_NOT_READ"


def test_endpoint_links_not_read() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    assert name_of(scene).code == "LINKS_NOT_READ"


def test_endpoint_neither_zones_nor_links_read() -> None:
    scene = EndpointScene()
    scene.remove(scene.z)
    scene.denied("microsoft.network/privatednszones/virtualnetworklinks")
    assert name_of(scene).code == "PUBLIC_ANSWER"
    scene.denied("microsoft.network/privatednszones")
    assert name_of(scene).code == "LINKS_NOT_READ"


def test_j33_d07_zone_that_breaks_the_suffix_rule() -> None:
    scene = Scene()
    zone = scene.zone("pg.corp.example")
    scene.a_record(zone, "abc", "10.2.1.5")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone
    assert name_of(scene).code == "ZONE_NOT_LINKED"
    scene.link(zone, scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_d01_injected_server_without_a_zone() -> None:
    scene = Scene()
    del scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"]
    assert name_of(scene).code == "NO_ZONE"
    assert name_of(scene).verdict is BLOCKED


def test_r23_zone_in_another_subscription_and_odd_case() -> None:
    scene = Scene()
    other = "77777777-0000-0000-0000-000000000000"
    zone = scene.zone(ZONE.upper(), sub=other)
    scene.a_record(zone, hex_label("pg1"), "10.2.1.5")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone.upper()
    scene.link(zone.lower(), scene.a.upper())
    assert name_of(scene).verdict is ALLOWED
