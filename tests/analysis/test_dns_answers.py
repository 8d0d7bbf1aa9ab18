"""Names over Azure DNS: addresses, endpoint states, who asks, what answers rest on."""

from __future__ import annotations

import pytest

from pgtopo.analysis.names.answer import AnswerKind
from pgtopo.analysis.verdict import Verdict
from tests.analysis.dns_questions import ALLOWED, BLOCKED, UNKNOWN, codes, name_of, public_scene
from tests.estates.rows import hex_label, rule
from tests.examples.scene import Scene
from tests.examples.test_name_examples import EndpointScene

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


def test_an_endpoint_that_the_servers_own_list_lacks_is_unknown() -> None:
    scene = EndpointScene()
    server = scene.public_server("pg2")
    ends = ("pe-2", scene.pe_subnet, server, "10.2.9.6")
    scene.endpoint(*ends, server_status="")
    assert scene.properties(server)["privateEndpointConnections"] == []
    found = name_of(scene, server="pg2")
    assert (found.verdict, found.code) == (UNKNOWN, "ENDPOINT_STATE_CONTRADICTED")
    del scene.properties(server)["privateEndpointConnections"]
    assert name_of(scene, server="pg2").code != "ENDPOINT_STATE_CONTRADICTED"


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
    assert name_of(public_scene(), "internet", "pg2").verdict is ALLOWED


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
