"""Custom DNS servers: clients on premises, and forwarders the settings declare."""

from __future__ import annotations

from pgtopo.analysis.verdict import Verdict
from pgtopo.model.settings import DnsServerFact
from tests.analysis.dns_questions import SUFFIX, codes, declared, dns_machine, name_of
from tests.examples.scene import Scene
from tests.examples.test_name_examples import EndpointScene

ALLOWED, BLOCKED, UNKNOWN = Verdict.ALLOWED, Verdict.BLOCKED, Verdict.UNKNOWN


def _branch() -> Scene:
    scene = Scene().branch()
    scene.hub_resolver()
    return scene


def test_g8_g9_on_premises_through_the_hub_resolver() -> None:
    scene = _branch()
    asked = {"client": "onprem:192.168.10.0/24", "client_dns": "10.0.2.4"}
    scene.linked(scene.b)
    assert name_of(scene, **asked).code == "ZONE_NOT_LINKED"
    scene.linked(scene.hub)
    assert name_of(scene, **asked).verdict is ALLOWED


def test_c6_on_premises_forwarder_declared_in_the_settings() -> None:
    scene = _branch()
    scene.linked(scene.hub)
    asked = {"client": "onprem:192.168.10.0/24", "client_dns": "192.168.1.53"}
    found = name_of(scene, **asked)
    assert (found.verdict, found.code) == (UNKNOWN, "DNS_SERVER_UNKNOWN")
    fact = DnsServerFact(address="192.168.1.53", forwards_to="10.0.2.4")
    assert declared(scene, fact, **asked).verdict is ALLOWED
    wrong = DnsServerFact(address="192.168.1.53", forwards_to="168.63.129.16")
    assert declared(scene, wrong, **asked).code == "AZURE_DNS_FROM_OUTSIDE"
    round_trip = DnsServerFact(address="192.168.1.53", forwards_to="192.168.1.53")
    assert declared(scene, round_trip, **asked).code == "DNS_LOOP"


def test_c6_machine_declared_as_forwarder_from_another_network() -> None:
    scene = Scene(app_dns=["10.0.5.4"]).spokes()
    dns_machine(scene, scene.hub, "10.0.5.0/24", "10.0.5.4")
    scene.linked(scene.b)
    plain = DnsServerFact(address="10.0.5.4", forwards_to="168.63.129.16")
    found = declared(scene, plain)
    assert (found.verdict, found.code) == (BLOCKED, "ZONE_NOT_LINKED")
    elsewhere = DnsServerFact(
        address="10.0.5.4", forwards_to="168.63.129.16", network=scene.b.upper()
    )
    found = declared(scene, elsewhere)
    assert found.verdict is ALLOWED
    assert "FORWARDER_BEHAVIOUR" not in codes(found)
    assert any("settings file" in hop.text for hop in found.hops)


def test_j44_ipv6_only_subnet_with_azure_dns_and_with_custom_dns() -> None:
    scene = Scene()
    scene.subnet(scene.a, "snet-six", "fd00:1::/64")
    scene.linked(scene.a)
    assert name_of(scene, "snet-six").verdict is ALLOWED
    scene.properties(scene.a)["dhcpOptions"] = {"dnsServers": ["10.0.2.4"]}
    scene.hub_resolver()
    assert name_of(scene, "snet-six").verdict is UNKNOWN


def test_suffix_is_what_on_premises_forwarders_need() -> None:
    """Nothing asks public DNS for a private link name: the public name is what is forwarded."""
    scene = EndpointScene(access="Disabled")
    scene.recorded()
    scene.link(scene.z, scene.a)
    assert name_of(scene).text.startswith(f"pg1.{SUFFIX} resolves to 10.2.9.4")
