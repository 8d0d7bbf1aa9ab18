"""Facts about names of flexible servers, one test each: requirements and the finer clauses."""

from __future__ import annotations

import pytest

from pgtopo.analysis.names.answer import AnswerKind
from pgtopo.analysis.verdict import Verdict
from tests.analysis.dns_questions import SUFFIX, codes, name_of
from tests.estates.rows import hex_label
from tests.examples.scene import PRIVATE_LINK, ZONE, Scene
from tests.examples.test_name_examples import EndpointScene

ALLOWED, BLOCKED, UNKNOWN = Verdict.ALLOWED, Verdict.BLOCKED, Verdict.UNKNOWN


def _moved(scene: Scene, zone: str) -> None:
    """Give pg1 another private zone with its record in it."""
    scene.a_record(zone, hex_label("pg1"), "10.2.1.5")
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone


def test_r06_c3_peering_never_shares_a_zone() -> None:
    scene = Scene().peered()
    scene.linked(scene.b)
    assert name_of(scene, "vm-a").code == "ZONE_NOT_LINKED"
    assert name_of(scene, "vm-b").verdict is ALLOWED


def test_r20_short_zone_named_like_another_server_breaks_that_name() -> None:
    """The zone `pg2.<suffix>` of pg1 captures the public name of the server pg2."""
    scene = Scene()
    scene.server("pg2", scene.pg, scene.z)
    short = scene.zone(f"pg2.{SUFFIX}")
    _moved(scene, short)
    scene.link(short, scene.a)
    scene.linked(scene.a)
    assert name_of(scene, server="pg1").verdict is ALLOWED
    found = name_of(scene, server="pg2")
    assert (found.verdict, found.code) == (BLOCKED, "NAME_CAPTURED")


def test_r21_zone_outside_the_visible_scope_is_unknown_and_never_missing() -> None:
    scene = Scene()
    far = "99999999-0000-0000-0000-000000000000"
    for entry in scene.coverage:
        entry["scope"] = f"/subscriptions/{scene.sub}"
    zone = f"/subscriptions/{far}/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/z"
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = f"{zone}.{SUFFIX}"
    found = name_of(scene)
    assert (found.verdict, found.code) == (UNKNOWN, "LINKS_NOT_READ")
    assert far in found.text


def test_r22_zone_not_linked_to_the_own_network() -> None:
    scene = Scene()
    scene.linked(scene.a)
    found = name_of(scene, "vm-b")
    assert found.code == "ZONE_NOT_LINKED"
    assert "vnet-b" in found.text


def test_r23_zone_has_no_region() -> None:
    scene = Scene()
    scene.row(scene.a)["location"] = "southeastasia"
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_r25_zone_of_another_suffix_still_resolves() -> None:
    scene = Scene()
    zone = scene.zone("db.contoso.internal")
    _moved(scene, zone)
    scene.link(zone, scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_r26_records_are_matched_by_address_whatever_their_label() -> None:
    scene = Scene()
    scene.remove(scene.record)
    scene.a_record(scene.z, "0123456789ab", "10.2.1.7")
    scene.a_record(scene.z, "pg1", "10.2.5.4")
    scene.linked(scene.a)
    assert name_of(scene).answers == ("10.2.1.7",)


def test_c3_registration_link_resolves_too() -> None:
    scene = Scene()
    scene.link(scene.z, scene.a, registrationEnabled=True)
    assert name_of(scene).verdict is ALLOWED


def test_c3_link_to_a_missing_network_harms_nobody() -> None:
    scene = Scene()
    scene.link(scene.z, f"{scene.a}-gone")
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_c3_counters_of_the_zone_are_not_believed() -> None:
    scene = Scene()
    scene.linked(scene.a)
    scene.properties(scene.z)["numberOfVirtualNetworkLinks"] = 0
    scene.properties(scene.z)["numberOfRecordSets"] = 1
    assert name_of(scene).verdict is ALLOWED


def test_c3_two_zones_of_one_name_finished_on_one_network_cannot_be() -> None:
    scene = Scene()
    twin = scene.zone(ZONE, rg="rg-twin")
    scene.link(twin, scene.a)
    scene.linked(scene.a)
    assert name_of(scene).code == "ZONES_OVERLAP"


def test_c3_refused_second_link_leaves_the_first_in_force() -> None:
    scene = Scene()
    twin = scene.zone(ZONE, rg="rg-twin")
    scene.link(twin, scene.a, provisioningState="Failed")
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_c4_injected_server_in_a_zone_named_for_private_link() -> None:
    scene = Scene()
    zone = scene.zone(PRIVATE_LINK)
    _moved(scene, zone)
    scene.link(zone, scene.a)
    found = name_of(scene)
    assert (found.verdict, found.kind) == (ALLOWED, AnswerKind.INJECTED)


def test_c4_redirect_does_not_help_an_injected_server() -> None:
    scene = Scene()
    zone = scene.zone(PRIVATE_LINK)
    scene.properties(scene.pg1)["network"]["privateDnsZoneArmResourceId"] = zone
    scene.link(zone, scene.a, resolutionPolicy="NxDomainRedirect")
    assert name_of(scene).verdict is BLOCKED


def test_c4_ipv6_records_are_no_answer() -> None:
    scene = Scene()
    scene.remove(scene.record)
    scene.aaaa_record(scene.z, hex_label("pg1"), "fd00:2::5")
    scene.linked(scene.a)
    assert name_of(scene).code == "RECORD_MISSING"


def test_c5_private_link_zone_traps_servers_of_other_teams() -> None:
    scene = EndpointScene()
    scene.recorded()
    scene.link(scene.z, scene.a)
    other = scene.public_server("pg-other")
    scene.endpoint("pe-other", scene.pe_subnet, other, "10.2.9.40")
    assert name_of(scene, server="pg1").verdict is ALLOWED
    assert name_of(scene, server="pg-other").code == "RECORD_MISSING"


def test_c5_e07_endpoint_record_in_a_zone_of_another_name_is_not_found() -> None:
    scene = EndpointScene(access="Disabled")
    wrong = scene.zone("privatelink.postgresql.contoso.com")
    scene.a_record(wrong, "pg1", "10.2.9.4")
    scene.link(wrong, scene.a)
    assert name_of(scene).code == "PUBLIC_ANSWER"


@pytest.mark.parametrize("has_zone", [True, False])
def test_j36_preview_body_states_its_zone_or_not(has_zone: bool) -> None:
    scene = Scene()
    scene.linked(scene.a)
    body = scene.properties(scene.pg1)
    del body["network"]
    body["delegatedSubnetArguments"] = {"subnetArmResourceId": scene.pg}
    if has_zone:
        body["privateDnsZoneArguments"] = {"privateDnsZoneArmResourceId": scene.z}
    found = name_of(scene)
    assert found.verdict is (ALLOWED if has_zone else UNKNOWN)


def test_j39_open_answer_of_an_endpoint_server_claims_no_public_address() -> None:
    scene = EndpointScene()
    scene.recorded()
    subnet = scene.subnet(scene.b, "snet-dns", "10.2.7.0/24")
    scene.vm("vm-dns", scene.nic("nic-dns", subnet, "10.2.7.4"))
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["10.2.7.4"]}
    found = name_of(scene)
    assert (found.verdict, found.kind) == (UNKNOWN, AnswerKind.NONE)


def test_assume_complete_leaves_nothing_assumed() -> None:
    scene = Scene(complete=True)
    scene.linked(scene.a)
    assert codes(name_of(scene)) == {"PUBLIC_CNAME_CHAIN"}


def test_row_order_changes_nothing() -> None:
    scene = Scene()
    scene.server("pg2", scene.pg, scene.z)
    scene.a_record(scene.z, hex_label("pg2"), "10.2.1.6")
    scene.linked(scene.a)
    first = name_of(scene)
    scene.rows.reverse()
    assert name_of(scene) == first
