"""Names over Azure DNS: zones, links, records, rulesets, policies, and what was not read."""

from __future__ import annotations

from typing import Any

import pytest

from pgtopo.analysis.clients import find_client
from pgtopo.analysis.dns import resolve
from pgtopo.analysis.dns_answer import AnswerKind, DnsAnswer
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.targets import find_server
from pgtopo.analysis.verdict import Verdict
from pgtopo.model.ids import fold
from pgtopo.model.settings import Settings
from tests.estates.rows import hex_label, rule
from tests.estates.world import World
from tests.examples.scene import PRIVATE_LINK, ZONE, Scene
from tests.examples.test_name_examples import EndpointScene

SUFFIX = "postgres.database.azure.com"
PARENT = f"private.{SUFFIX}"
ALLOWED, BLOCKED, UNKNOWN = Verdict.ALLOWED, Verdict.BLOCKED, Verdict.UNKNOWN


def name_of(
    world: World,
    client: str = "vm-a",
    server: str = "pg1",
    client_dns: str = "",
    **assumptions: str,
) -> DnsAnswer:
    """What the server's name resolves to for the first part of a client."""
    facts = Facts(world.topology(), Settings(assumptions=assumptions))
    part = find_client(facts, client).parts[0]
    found = resolve(facts, part, find_server(facts, server), client_dns=client_dns)
    if found.verdict is UNKNOWN:
        assert found.text
    if found.verdict is not ALLOWED:
        assert found.code != "OK"
    assert all(note.text and note.settle_with for note in found.assumptions)
    return found


def codes(found: DnsAnswer) -> set[str]:
    return {note.code for note in found.assumptions}


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


def _public() -> EndpointScene:
    scene = EndpointScene()
    scene.public_server("pg2")
    return scene


@pytest.mark.parametrize("state", ["Completed", "InProgress", None])
def test_c7_public_server_whatever_private_link_zones_say(state: str | None) -> None:
    scene = _public()
    if state:
        scene.link(scene.z, scene.a, virtualNetworkLinkState=state)
    scene.denied("microsoft.network/privatednszones/a")
    found = name_of(scene, server="pg2")
    assert (found.verdict, found.code, found.kind) == (ALLOWED, "OK", AnswerKind.PUBLIC)
    assert found.zone is None
    assert found.answers == ()


def test_d09_zone_named_like_the_suffix_captures_every_name() -> None:
    scene = _public()
    zone = scene.zone(SUFFIX)
    scene.link(zone, scene.a)
    assert name_of(scene, server="pg2").code == "NAME_CAPTURED"
    scene.a_record(zone, "pg2", "20.50.1.2")
    assert name_of(scene, server="pg2").code == "ADDRESS_UNCLEAR"


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


# -- addresses -------------------------------------------------------------------------------------


def test_j20_fewer_records_than_servers() -> None:
    scene = Scene()
    scene.server("pg2", scene.pg, scene.z)
    scene.linked(scene.a)
    found = name_of(scene, server="pg2")
    assert found.verdict is ALLOWED
    (note,) = (one for one in found.assumptions if one.code == "SUBNET_ADDRESS_CHOICE")
    assert "1 records for 2 servers" in note.text


def test_c4_several_candidates_are_all_answers() -> None:
    scene = Scene()
    scene.server("pg2", scene.pg, scene.z)
    scene.a_record(scene.z, hex_label("pg2"), "10.2.1.6")
    scene.a_record(scene.z, "vm-auto", "10.2.5.9")
    scene.linked(scene.a)
    found = name_of(scene)
    assert found.answers == ("10.2.1.5", "10.2.1.6")
    assert found.addresses.cidrs() == ["10.2.1.5/32", "10.2.1.6/32"]
    assert "SUBNET_ADDRESS_CHOICE" in codes(found)


def test_j28_record_holds_another_address() -> None:
    scene = EndpointScene()
    scene.a_record(scene.z, "pg1", "10.2.9.77")
    scene.link(scene.z, scene.a)
    found = name_of(scene)
    assert (found.verdict, found.code, found.kind) == (BLOCKED, "WRONG_ADDRESS", AnswerKind.WRONG)
    assert found.answers == ("10.2.9.77",)


def test_j57_record_holds_two_addresses_or_the_endpoint_is_not_visible() -> None:
    scene = EndpointScene()
    record = scene.a_record(scene.z, "pg1", "10.2.9.4", "10.2.9.77")
    scene.link(scene.z, scene.a)
    assert name_of(scene).code == "ADDRESS_UNCLEAR"
    scene.properties(record)["aRecords"] = [{"ipv4Address": "10.2.9.4"}]
    scene.remove(scene.pe)
    scene.remove(scene.pe.replace("privateEndpoints/pe-pg1", "networkInterfaces/pe-pg1-nic"))
    assert name_of(scene).code == "ADDRESS_UNCLEAR"


def test_two_endpoints_either_address_is_right() -> None:
    scene = EndpointScene()
    scene.endpoint("pe-2", scene.pe_subnet, scene.pg1, "10.2.9.5")
    scene.a_record(scene.z, "pg1", "10.2.9.5")
    scene.link(scene.z, scene.a)
    assert name_of(scene).verdict is ALLOWED


# -- endpoint states -------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["Pending", "Rejected", "Disconnected"])
@pytest.mark.parametrize("access", ["Enabled", "Disabled"])
def test_j27_j37_endpoint_not_approved_is_as_none(status: str, access: str) -> None:
    scene = EndpointScene(status=status, access=access)
    scene.link(scene.z, scene.a)
    found = name_of(scene)
    assert (found.verdict, found.code, found.kind) == (ALLOWED, "OK", AnswerKind.PUBLIC)


def test_contradicting_sides_of_an_endpoint_are_unknown() -> None:
    scene = EndpointScene()
    scene.endpoint(
        "pe-2",
        scene.pe_subnet,
        scene.public_server("pg2"),
        "10.2.9.6",
        status="Approved",
        server_status="Rejected",
    )
    found = name_of(scene, server="pg2")
    assert (found.verdict, found.code) == (UNKNOWN, "ENDPOINT_STATE_CONTRADICTED")


# -- what is not known of the server ---------------------------------------------------------------


def test_j38_mode_unknown_or_subnet_not_visible() -> None:
    scene = Scene()
    scene.properties(scene.pg1)["network"] = {}
    scene.linked(scene.a)
    assert name_of(scene).code == "MODE_UNKNOWN"
    scene = Scene()
    scene.linked(scene.a)
    scene.remove(scene.pg)
    assert name_of(scene).code == "SUBNET_NOT_READ"


# -- who is on the internet or on premises ---------------------------------------------------------


def test_j61_internet_client_of_an_injected_server() -> None:
    scene = Scene()
    scene.linked(scene.a, scene.b)
    assert name_of(scene, "internet").code == "CNAME_TARGET_NOT_PUBLIC"


@pytest.mark.parametrize(("access", "verdict"), [("Enabled", ALLOWED), ("Disabled", BLOCKED)])
def test_internet_client_of_an_endpoint_server(access: str, verdict: Verdict) -> None:
    found = name_of(EndpointScene(access=access), "internet:203.0.113.7")
    assert (found.verdict, found.code) == (verdict, "PUBLIC_ANSWER")


def test_internet_client_of_a_public_server() -> None:
    assert name_of(_public(), "internet", "pg2").verdict is ALLOWED


def test_on_premises_client_whose_dns_nobody_states() -> None:
    found = name_of(Scene(), "onprem:192.168.0.0/24")
    assert (found.verdict, found.code) == (UNKNOWN, "CLIENT_DNS_UNKNOWN")
    assert "--client-dns" in found.text


def test_c1_azure_dns_cannot_be_asked_from_on_premises() -> None:
    found = name_of(Scene(), "onprem:192.168.0.0/24", client_dns="168.63.129.16")
    assert (found.verdict, found.code) == (BLOCKED, "AZURE_DNS_FROM_OUTSIDE")


# -- platform DNS ----------------------------------------------------------------------------------


def test_d22_only_a_rule_with_the_tag_stops_azure_dns() -> None:
    everything = rule("deny-all", 4000, "Deny", "Outbound", "*")
    scene = Scene(app_nsg=[everything])
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED
    tag = rule("no-dns", 100, "Deny", "Outbound", "Udp", dst="azurePlatformDNS", ports="53")
    scene = Scene(app_nsg=[tag])
    scene.linked(scene.a)
    found = name_of(scene)
    assert (found.verdict, found.code) == (BLOCKED, "PLATFORM_DNS_DENIED")
    assert "no-dns" in found.text


def test_j17_tcp_rule_with_the_tag_does_not_count() -> None:
    tag = rule("no-dns", 100, "Deny", "Outbound", "Tcp", dst="AzurePlatformDNS")
    scene = Scene(app_nsg=[tag])
    scene.linked(scene.a)
    assert name_of(scene).verdict is ALLOWED


def test_security_group_not_read_is_an_assumption() -> None:
    scene = Scene(app_nsg=[])
    scene.linked(scene.a)
    scene.remove(scene.properties(scene.app)["networkSecurityGroup"]["id"])
    scene.denied("microsoft.network/networksecuritygroups")
    found = name_of(scene)
    assert found.verdict is ALLOWED
    assert "PLATFORM_DNS" in codes(found)


# -- assumptions and settings ----------------------------------------------------------------------


def test_j71_settings_take_an_assumption_away() -> None:
    scene = Scene()
    scene.linked(scene.a)
    assert codes(name_of(scene, PUBLIC_CNAME_CHAIN="allowed")) == set()
    found = name_of(scene, PUBLIC_CNAME_CHAIN="blocked")
    assert (found.verdict, found.code) == (BLOCKED, "PUBLIC_CNAME_MISSING")


def test_other_scopes_unseen_keeps_the_verdict() -> None:
    scene = Scene()
    scene.linked(scene.b)
    for entry in scene.coverage:
        entry["scope"] = f"/subscriptions/{scene.sub}"
    found = name_of(scene)
    assert found.verdict is BLOCKED
    assert "OTHER_SCOPES_UNSEEN" in codes(found)


def test_j32_bare_rows_assume_no_rulesets_and_no_policies() -> None:
    scene = Scene(complete=None)
    scene.linked(scene.a)
    found = name_of(scene)
    assert found.verdict is ALLOWED
    assert {"TAKEN_AS_NONE", "OTHER_SCOPES_UNSEEN"} <= codes(found)
    assert sum(1 for one in found.assumptions if one.code == "TAKEN_AS_NONE") == 2


def test_j32_bare_rows_without_a_link_row() -> None:
    assert name_of(Scene(complete=None)).code == "LINKS_NOT_READ"


@pytest.mark.parametrize("status", ["denied", "failed", "partial", "skipped"])
def test_rulesets_or_policies_not_read_leave_it_unknown(status: str) -> None:
    for kind, code in (
        ("microsoft.network/dnsforwardingrulesets", "RULESETS_NOT_READ"),
        ("microsoft.network/dnsresolverpolicies", "DNS_POLICY_NOT_READ"),
    ):
        scene = Scene()
        scene.linked(scene.a)
        scene.denied(f"{kind}/virtualnetworklinks", status=status)
        assert name_of(scene).verdict is ALLOWED, "where none exists, none can be linked"
        scene.denied(kind, status=status)
        assert name_of(scene).code == code
