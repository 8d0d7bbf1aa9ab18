"""Findings with one cause are told together, and mended by one set."""

from pgtopo.checks import causes
from pgtopo.checks.causes import Depth
from tests.checks.homes import injected
from tests.checks.proving import prover_of
from tests.estates.world import World, hex_label, rule


def two_servers_behind_one_group() -> World:
    world = World()
    nsg = world.nsg("nsg-pg", rule("deny-storage", 110, "Deny", "Outbound", dst="Storage"))
    home = injected(world=world, nsg=nsg)
    world.a_record(home.zone, hex_label("psql-billing"), "10.1.1.5")
    world.server("psql-billing", home.subnet, home.zone)
    return world


def test_two_servers_behind_one_group_are_one_cause() -> None:
    prover = prover_of(two_servers_behind_one_group())
    findings = [one for one in prover.baseline.findings() if one.check == "PGT304"]
    (cause,) = causes.causes(prover.facts.topology, findings)
    assert cause.resource.endswith("/networksecuritygroups/nsg-pg")
    assert len(cause.findings) == len(cause.servers) == 2


def test_one_rule_mends_both() -> None:
    prover = prover_of(two_servers_behind_one_group())
    findings = [one for one in prover.baseline.findings() if one.check == "PGT304"]
    found = causes.fixes(prover, findings, Depth.CAUSES)
    (first,), (second,) = found.values()
    assert first is second
    assert set(first.clears) >= {one.key for one in findings}


def test_none_asks_nothing() -> None:
    prover = prover_of(two_servers_behind_one_group())
    assert causes.fixes(prover, prover.baseline.findings(), Depth.NONE) == {}


def test_only_so_many_causes_are_tried_unless_all_are_asked_for() -> None:
    home = injected()
    limit = causes.MOST_PROOFS
    for number in range(limit + 2):
        home.world.a_record(home.zone, f"r{number:03}", "10.1.1.6", ttl=3600)
    prover = prover_of(home.world)
    findings = [one for one in prover.baseline.findings() if one.check == "PGT126"]
    assert len(findings) == limit + 2
    found = list(causes.fixes(prover, findings, Depth.CAUSES).values())
    assert all(fix.is_verified for (fix,) in found[:limit])
    for (fix,) in found[limit:]:
        assert not fix.is_verified
        assert "--fixes all" in fix.text
        assert not fix.commands
