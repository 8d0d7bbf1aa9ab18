"""What settles an open question by a setting is a line that the settings file takes as it is."""

import tomllib

import pytest

from pgtopo.analysis.assumptions import ASSUMPTIONS
from pgtopo.analysis.facts import Facts
from pgtopo.checks.dns.dns_server_of_unknown_owner import dns_server_of_unknown_owner
from pgtopo.checks.runner import run
from pgtopo.model.settings import DnsServerFact, Settings
from pgtopo.sources.settings_file import parse
from tests.checks.homes import injected

_SHOWN = [
    code
    for code, kind in ASSUMPTIONS.items()
    if kind.settle_with.startswith(("dns_server", "appliance"))
]


@pytest.mark.parametrize("code", _SHOWN)
def test_what_settles_an_assumption_is_read(code: str) -> None:
    line = ASSUMPTIONS[code].settle_with.replace("...", "10.0.0.4")
    settings = parse(line, "config.toml").verdicts
    assert settings.dns_servers or settings.appliances
    assert "\n" not in line


def test_assumptions_about_servers_and_appliances_are_settled_so() -> None:
    assert {"FORWARDER_BEHAVIOUR", "APPLIANCE_SNAT", "APPLIANCE_RULES"} <= set(_SHOWN)


@pytest.mark.parametrize("address", ["192.168.7.7", 'odd"\\name]'])
def test_a_dns_server_of_unknown_owner_is_told_in_one_line(address: str) -> None:
    home = injected()
    home.world.properties(home.network)["dhcpOptions"] = {"dnsServers": [address]}
    (finding,) = run(Facts(home.world.topology()), [dns_server_of_unknown_owner]).findings
    assert "\n" not in finding.settle_with
    (made,) = tomllib.loads(finding.settle_with)["dns_server"]
    assert made == {"address": address, "forwards_to": "168.63.129.16"}


def test_what_the_settings_say_already_stays() -> None:
    home = injected()
    servers = ["192.168.7.7", "192.168.7.8"]
    home.world.properties(home.network)["dhcpOptions"] = {"dnsServers": servers}
    known = DnsServerFact(address=servers[0], forwards_to="10.0.0.9", network="/a/b")
    facts = Facts(home.world.topology(), Settings(dns_servers=(known,)))
    (finding,) = run(facts, [dns_server_of_unknown_owner]).findings
    made = parse(finding.settle_with, "config.toml").verdicts.dns_servers
    assert made == (known, DnsServerFact(address=servers[1], forwards_to="168.63.129.16"))
    assert "in place of the [[dns_server]] entries" in finding.settle_with
