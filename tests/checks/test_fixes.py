"""Every remedy has a world in which it is proved, and what is proved holds in a full run."""

import ipaddress
import json
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import AnyCheck
from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Fix
from pgtopo.checks.registry import catalogue
from pgtopo.checks.verify import is_new_fault
from pgtopo.session import Session, open_files
from tests.checks import driver
from tests.checks.homes import injected, public
from tests.checks.proving import changed, in_full, prover_of
from tests.estates.world import World, rule
from tests.thorough import some

CONTOSO = Path(__file__).resolve().parents[2] / "snapshots" / "contoso" / "snapshot.json"
WITH_REMEDY = [check for check in catalogue() if check.remedy is not None]
_TABLES = {table.CHECK: table for table in driver.tables()}


def worlds_with_fault(check: AnyCheck) -> Iterator[World]:
    for _, make, expected in driver.cases_of(_TABLES[check.id]):
        if expected.outcome == "fail":
            yield make()


@cache
def tried(check_id: str) -> tuple[tuple[World, Finding, Fix], ...]:
    """Every fix that a check proposes in the worlds of its case table, tried."""
    check = next(one for one in WITH_REMEDY if one.id == check_id)
    found = []
    for world in worlds_with_fault(check):
        prover = prover_of(world)
        for finding in prover.baseline.findings():
            if finding.check == check_id and finding.is_fail:
                fixes = prover.candidates(finding)
                found += [(world, finding, prover.proved(fix, finding.key)) for fix in fixes]
    return tuple(found)


each = pytest.mark.parametrize("check_id", [check.id for check in WITH_REMEDY])


@each
def test_a_remedy_is_proved_somewhere(check_id: str) -> None:
    if check_id == "PGT308":
        return  # its own world below
    assert any(fix.is_verified for _, _, fix in tried(check_id))


@each
def test_what_is_proved_holds_when_every_check_runs_again(check_id: str) -> None:
    known: dict[int, dict[str, Finding]] = {}
    for world, finding, fix in tried(check_id):
        if not fix.is_verified:
            continue
        if id(world) not in known:
            known[id(world)] = in_full(world.topology(), world.settings())
        before = known[id(world)]
        after = in_full(changed(world, fix.ops), world.settings())
        assert before[finding.key].is_fail
        assert finding.key not in after
        assert finding.key in fix.clears
        new = {key for key in after if key not in before}
        assert new <= set(fix.adds)
        facts = Facts(world.topology(), world.settings())
        assert not any(is_new_fault(facts, after[key]) for key in new)


@each
def test_commands_can_be_pasted_and_open_nothing_to_the_world(check_id: str) -> None:
    for _, _, fix in tried(check_id):
        hold_commands(fix)


def hold_commands(fix: Fix) -> None:
    assert fix.text.endswith(".")
    assert bool(fix.ops) is bool(fix.commands)
    for command in (*fix.commands, *fix.roll_back):
        words = shlex.split(command)
        assert words[0] == "az"
        assert {"--subscription", "--ids", "--id", "--resource", "--url"} & set(words), command
        assert "\n" not in command
    for command in fix.commands:
        hold_narrow(shlex.split(command))
    if fix.ops:
        assert fix.effect
        assert fix.needs


def hold_narrow(words: list[str]) -> None:
    """No fix opens a server to everybody, moves it, or gives it another kind of access (R01)."""
    text = " ".join(words).lower()
    assert "255.255.255.255" not in text
    assert "--public-access enabled" not in text
    assert "--private-dns-zone" not in text or "flexible-server update" not in text
    assert "--address-prefixes" not in text or "subnet" not in text.split("--address-prefixes")[0]
    if "nsg rule create" in text and "allow" in words[words.index("--access") + 1].lower():
        sources = words[words.index("--source-address-prefixes") + 1 :]
        for word in sources[: sources.index("--source-port-ranges")]:
            assert word not in ("*", "Internet", "0.0.0.0/0")
            assert ipaddress.ip_network(word).prefixlen > 8


@each
def test_no_operation_does_what_azure_does_not_support(check_id: str) -> None:
    """R01, R21, R30: no change of mode, no move, no growth, no zone change."""
    for _, _, fix in tried(check_id):
        for op in fix.ops:
            assert "delegatedSubnet" not in op.path
            assert "privateDnsZoneArmResourceId" not in op.path
            assert not op.path.endswith(("/addressPrefix", "/addressSpace"))
            assert not (op.path.endswith("publicNetworkAccess") and op.value == "Enabled")


def test_a_group_of_machines_becomes_their_addresses() -> None:
    """R16: a rule of a server's subnet cannot use application security groups."""
    world = World()
    asg = world.asg("asg-app")
    nsg = world.nsg("nsg-pg", rule("clients", 200, "Allow", src_asgs=[asg], ports="5432"))
    home = injected(world=world, nsg=nsg)
    app = world.subnet(home.network, "snet-app", "10.1.9.0/24")
    world.nic("nic-app", app, "10.1.9.5", asgs=[asg])
    prover = prover_of(world)
    finding = next(one for one in prover.baseline.findings() if one.check == "PGT308")
    (fix,) = (prover.proved(one, finding.key) for one in prover.candidates(finding))
    assert fix.is_verified
    assert "--source-address-prefixes 10.1.9.5/32 " in fix.commands[1]


def test_every_proved_fix_of_contoso_holds_in_a_full_run() -> None:
    session = open_files([CONTOSO])
    report = session.findings()
    fixes = session.fixes(report, "all")
    before = in_full(session.topology)
    assert {one.key for one in report.fails} == set(fixes)
    proved = [(key, fix) for key, found in fixes.items() for fix in found if fix.is_verified]
    assert len(proved) >= 25
    for key, fix in some(proved, 3):
        assert fix.patch is not None
        after = in_full(session.patched(fix.patch))
        assert key not in after
        assert {one for one in after if one not in before} <= set(fix.adds)
        gone = {one for one in before if one not in after and before[one].is_fail}
        assert gone == set(fix.clears)
        hold_commands(fix)


@cache
def sets_of_contoso() -> dict[str, tuple[Fix, ...]]:
    """One set of fixes per cause."""
    session = open_files([CONTOSO])
    return session.fixes(session.findings(depth="causes"), "causes")


def test_what_is_not_proved_shows_no_command() -> None:
    for found in sets_of_contoso().values():
        assert found
        for fix in found:
            assert fix.is_verified or not fix.commands
            assert fix.is_verified or not fix.ops
            assert fix.text.endswith(".")


def test_one_set_per_cause_names_a_change_once() -> None:
    found = sets_of_contoso()
    sets = {fix.commands: fix for fixes in found.values() for fix in fixes if fix.is_verified}
    texts = [json.dumps([str(op) for op in fix.ops]) for fix in sets.values()]
    assert len(set(texts)) == len(texts)
    assert all(len(fixes) == 1 for fixes in found.values())


def test_a_name_from_data_cannot_leave_its_word() -> None:
    world, server = public("psql-web")
    world.firewall_rule(server, "-x $(reboot); 'a", "10.0.0.1", "10.0.0.2")
    prover = prover_of(world)
    finding = next(f for f in prover.baseline.findings() if f.check == "PGT805")
    (fix,) = (prover.proved(one, finding.key) for one in prover.candidates(finding))
    assert fix.is_verified
    words = shlex.split(fix.commands[0])
    assert "--name=-x $(reboot); 'a" in words


def test_without_rows_nothing_is_proved() -> None:
    home = injected()
    home.world.remove(home.link)
    session = Session(home.world.topology())
    found = session.fixes(session.findings(), "all")
    assert found
    assert not any(fix.is_verified or fix.commands for fixes in found.values() for fix in fixes)
