"""Order, counts, keys, and what becomes of a check that breaks."""

import msgspec
import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import AnyCheck, Outcome
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.checks.selection import find, selected
from pgtopo.errors import UsageError
from pgtopo.model.server import FlexibleServer
from tests.checks.homes import injected
from tests.estates.world import World, rule


def _by_id(check_id: str) -> AnyCheck:
    return next(check for check in catalogue() if check.id == check_id)


def _faulty() -> World:
    world = World()
    group = world.nsg("nsg-pg", rule("deny-all", 4096, "Deny", protocol="*"))
    home = injected(world=world, nsg=group, prefix="10.1.1.0/29", ha="ZoneRedundant")
    world.remove(home.link)
    other = world.public_server("psql-web")
    world.firewall_rule(other, "all", "0.0.0.0", "255.255.255.255")
    return world


def test_findings_come_by_severity_check_and_subject() -> None:
    report = run(Facts(_faulty().topology()), catalogue())
    rank = {"error": 0, "warning": 1, "info": 2}
    order = [(rank[f.severity.value], f.check, f.subject) for f in report.findings]
    assert order == sorted(order)
    assert {"PGT103", "PGT302", "PGT603", "PGT801"} <= {f.check for f in report.fails}
    assert report.crashes == ()


def test_two_runs_give_the_same() -> None:
    first = run(Facts(_faulty().topology()), catalogue())
    again = run(Facts(_faulty().topology()), catalogue())
    assert msgspec.json.encode(first.findings) == msgspec.json.encode(again.findings)


def test_keys_do_not_depend_on_letter_case() -> None:
    world = _faulty()
    keys = {f.key for f in run(Facts(world.topology()), catalogue()).findings}
    assert len(keys) == len(run(Facts(world.topology()), catalogue()).findings)
    for row in world.rows:
        row["id"] = row["id"].upper()
    assert keys == {f.key for f in run(Facts(world.topology()), catalogue()).findings}


def test_what_was_looked_at_is_counted() -> None:
    world = _faulty()
    world.unread("microsoft.authorization/locks")
    report = run(Facts(world.topology()), catalogue())
    looked_at = report.looked_at
    assert (looked_at.servers, looked_at.subnets) == (2, 1)
    assert looked_at.checks == len(catalogue())
    assert looked_at.not_evaluable == len({(f.check, f.subject) for f in report.unknowns})
    assert looked_at.pairs > looked_at.not_evaluable > 0


def test_a_check_that_breaks_is_unknown_and_named() -> None:
    def broken(facts: Facts, server: FlexibleServer) -> Outcome:
        raise ZeroDivisionError("no such luck")

    check = msgspec.structs.replace(_by_id("PGT701"), judge=broken)
    report = run(Facts(injected().world.topology()), [check])
    (finding,) = report.findings
    assert finding.outcome.value == "unknown"
    assert "no such luck" in finding.message
    (crash,) = report.crashes
    assert str(crash).startswith("PGT701 crashed on /subscriptions/")


def test_a_check_whose_subjects_break_is_unknown_and_named() -> None:
    def subjects(topology: object) -> list[FlexibleServer]:
        raise KeyError("lost")

    check = msgspec.structs.replace(_by_id("PGT701"), over=subjects)
    report = run(Facts(injected().world.topology()), [check])
    assert [f.outcome.value for f in report.findings] == ["unknown"]
    assert len(report.crashes) == 1


def test_needs_that_were_not_read_are_unknown_without_asking_the_check() -> None:
    def never(facts: Facts, server: FlexibleServer) -> Outcome:
        raise AssertionError("must not be asked")

    kind = "microsoft.dbforpostgresql/flexibleservers/configurations"
    check = msgspec.structs.replace(_by_id("PGT701"), judge=never, needs=(kind,))
    home = injected()
    home.world.denied(kind)
    report = run(Facts(home.world.topology()), [check])
    (finding,) = report.unknowns
    assert "may not read" in finding.message
    assert "az postgres flexible-server parameter list" in finding.settle_with
    assert report.crashes == ()


@pytest.mark.parametrize("word", ["PGT103", "pgt103", "dns-zone-not-linked", "dns_zone_not_linked"])
def test_a_check_is_found_by_id_and_slug(word: str) -> None:
    assert find(catalogue(), word).id == "PGT103"
    assert [check.id for check in selected(catalogue(), [word])] == ["PGT103"]


def test_select_and_ignore_take_families() -> None:
    chosen = selected(catalogue(), ["subnet", "PGT701"], ["server-subnet-full"])
    assert {check.id[3] for check in chosen} == {"6", "7"}
    assert "PGT604" not in {check.id for check in chosen}
    assert len(selected(catalogue())) == len(catalogue())


def test_an_unknown_word_is_a_usage_error_with_a_hint() -> None:
    with pytest.raises(UsageError) as caught:
        selected(catalogue(), ["dns-zone-not-linkd"])
    assert "dns-zone-not-linked" in caught.value.hint


def test_hostile_worlds_crash_nothing() -> None:
    """Every check is asked about rows that hold next to nothing."""
    world = _faulty()
    for row in world.rows:
        row["properties"] = {}
    assert run(Facts(world.topology()), catalogue()).crashes == ()
    world = _faulty()
    for row in world.rows:
        row["properties"] = dict.fromkeys(row["properties"])
    assert run(Facts(world.topology()), catalogue()).crashes == ()
    assert run(Facts(World(complete=None).topology()), catalogue()).findings == ()
