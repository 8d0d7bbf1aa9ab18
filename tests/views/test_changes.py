"""What changed between two looks at one estate, and what of it touches one path."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from pgtopo.analysis.facts import Facts
from pgtopo.checks import registry
from pgtopo.checks.base import Outcome
from pgtopo.checks.comparison import Comparison, compare
from pgtopo.checks.finding import Finding
from pgtopo.checks.runner import run
from pgtopo.model.differences import differences, property_changes
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.net import parse_prefix
from pgtopo.model.server import FirewallRule
from pgtopo.model.topology import Topology
from pgtopo.session import Session
from pgtopo.views.changes import pages
from pgtopo.views.changes.bench import ChangesBench
from pgtopo.views.changes.rows import Row, RowKind
from pgtopo.views.desk import Desk
from pgtopo.views.detail import Pair
from pgtopo.views.judgement import judge
from pgtopo.views.lines import Tone, plain, to_resource
from pgtopo.views.sieve import Sieve
from pgtopo.views.state import Tab, View, on_tab
from tests.estates.world import World, hex_label, rule

FROM, TO = "2026-10-20T09:00:00Z", "2026-11-20T09:00:00Z"
GROUP = "nsg-pg"


def estate(*rules: dict[str, Any], links: bool = True, more: str = "", when: str = TO) -> Topology:
    """A server and a client in one network; its group has the given rules."""
    from pgtopo.sources.load import load_rows

    world = World()
    network = world.vnet("vnet-app", "10.1.0.0/16")
    world.subnet(network, "snet-app", "10.1.2.0/24")
    group = world.nsg(GROUP, *rules)
    subnet = world.subnet(network, "snet-pg", "10.1.1.0/28", delegation="pg", nsg=group)
    zone = world.zone("orders.private.postgres.database.azure.com")
    if links:
        world.link(zone, network)
    world.a_record(zone, hex_label("psql-orders"), "10.1.1.4")
    world.server("psql-orders", subnet, zone)
    far = world.vnet("vnet-far", "10.9.0.0/16")
    if more:
        world.subnet(far, more, "10.9.1.0/24")
    if when == TO:
        world.change(group, "2026-11-19T08:00:00Z", "properties.securityRules", by="ops@x.org")
        world.change(far, "2026-11-18T08:00:00Z", "tags")
    document = world.snapshot()
    return load_rows(document["rows"], document["coverage"], created_at=when)


def deny(name: str = "deny-pg", priority: int = 100) -> dict[str, Any]:
    return rule(name, priority, "Deny", ports="5432")


def compared(before: Topology, after: Topology) -> tuple[Comparison, Session]:
    old, new = Session(before), Session(after)
    found = compare(old.facts, new.facts, old.findings().findings, new.findings().findings)
    return found, new


def bench_of(before: Topology, after: Topology) -> ChangesBench:
    return bench_with(*compared(before, after))


def bench_with(found: Comparison, session: Session) -> ChangesBench:
    desk = Desk(session.facts, files=("late.json",))
    bench = ChangesBench(desk)
    bench.settle(judge(desk, found.came))
    bench.changes.take(found, "early.json", ("early.json", "late.json"))
    bench.go(View.CHANGES)
    work(bench)
    return bench


def work(bench: ChangesBench) -> None:
    while (wanted := bench.changes_work()) is not None:
        wanted.make()


def texts(bench: ChangesBench) -> list[str]:
    work(bench)
    return [f"{row.name} {row.note}".strip() for row in bench.changes_rows]


def row_of(bench: ChangesBench, kind: RowKind, word: str = "") -> Row:
    for at, row in enumerate(bench.changes_rows):
        if row.kind is kind and word in row.text:
            bench.moved_in_changes(at)
            return row
    raise AssertionError(f"no row {kind} {word}: {texts(bench)}")


def page_of(bench: ChangesBench) -> str:
    detail = bench.page()
    if detail.work is not None:
        bench.desk.pages[detail.work.key] = detail.work.make()
    return plain(bench.page().lines)


# -- resources --------------------------------------------------------------------------------


def test_a_rule_that_came_is_told_by_its_name() -> None:
    found = differences(estate(when=FROM), estate(deny()))
    ((was, now),) = found.changed
    assert was.name == GROUP
    (change,) = property_changes(was, now)
    assert change.property == "rules[deny-pg]"
    assert change.old is None
    assert isinstance(change.new, dict)
    assert change.new["access"] == "Deny"


def test_a_property_of_a_rule_is_told_alone() -> None:
    found = differences(estate(deny()), estate(deny(priority=200)))
    (change,) = property_changes(*found.changed[0])
    assert (change.property, change.old, change.new) == ("rules[deny-pg].priority", 100, 200)


def test_a_firewall_rule_is_told_by_its_addresses_as_written() -> None:
    arm_id, server = ArmId("/s/firewallrules/office"), ArmId("/s")
    was = FirewallRule(id=arm_id, name="office", server=server, start="20.0.0.1", end="20.0.0.2")
    (was, now) = (
        msgspec.structs.replace(was, end=end, span=parse_prefix(f"20.0.0.1-{end}"))
        for end in ("20.0.0.2", "20.0.0.9")
    )
    told = [(one.property, one.old, one.new) for one in property_changes(was, now)]
    assert told == [("end", "20.0.0.2", "20.0.0.9")]


def test_a_network_is_not_changed_by_a_subnet_that_is_told_itself() -> None:
    found = differences(estate(), estate(more="snet-new"))
    assert [name_of(one.id) for one in found.added] == ["snet-new"]
    assert not found.changed


def test_case_alone_and_the_order_of_ids_are_no_change() -> None:
    assert not differences(estate(deny()), estate({**deny(), "name": "DENY-PG"})).changed


def test_what_only_one_look_could_read_is_counted_not_told() -> None:
    from pgtopo.sources.load import load_rows

    world = World()
    world.vnet("vnet-app", "10.1.0.0/16")
    rows = world.snapshot()["rows"]
    kinds = {row["type"].lower() for row in rows}
    whole = load_rows(rows, [{"kind": k, "scope": "/", "status": "read"} for k in kinds])
    blind = load_rows([], [{"kind": k, "scope": "/", "status": "denied"} for k in kinds])
    found = differences(whole, blind)
    assert (found.removed, found.forgotten) == ((), len(rows))
    found = differences(blind, whole)
    assert (found.added, found.learned) == ((), len(rows))


# -- verdicts and findings --------------------------------------------------------------------


def test_a_deny_rule_loses_the_client_and_brings_findings() -> None:
    found, _ = compared(estate(when=FROM), estate(deny()))
    turn = next(one for one in found.turns if one.server.endswith("psql-orders"))
    assert turn.is_lost
    assert (turn.was, turn.code) == ("OK", "NSG_DENY")
    assert [name_of(one) for one in turn.clients] == ["snet-app"]
    assert any(one.check == "PGT302" for one in found.came)
    assert not any(one.check == "PGT302" for one in found.gone)


def test_the_other_way_round_it_is_gained() -> None:
    found, _ = compared(estate(deny(), when=FROM), estate())
    turn = next(one for one in found.turns if one.server.endswith("psql-orders"))
    assert turn.is_gained
    assert any(one.check == "PGT302" for one in found.gone)


def broken(check_id: str, topology: Topology) -> tuple[Finding, ...]:
    """What the checks say of an estate where one of them breaks on everything."""

    def judge(*_: object) -> Outcome:
        raise RuntimeError("broken")

    checks = [
        msgspec.structs.replace(one, judge=judge) if one.id == check_id else one
        for one in registry.catalogue()
    ]
    return run(Facts(topology), checks).findings


def test_a_check_that_breaks_on_the_later_look_makes_no_finding_gone() -> None:
    before, after = Session(estate(deny(), when=FROM)), Session(estate(deny(), more="snet-new"))
    old, new = before.findings().findings, broken("PGT302", after.topology)
    found = compare(before.facts, after.facts, old, new)
    assert any(one.check == "PGT302" for one in old)
    assert not any(one.check == "PGT302" for one in found.gone)
    assert any(one.check == "PGT302" for one in found.unsure)
    bench = bench_with(found, after)
    row = row_of(bench, RowKind.UNSURE, "pgt302")
    assert row.mark.tone is Tone.UNKNOWN
    assert "cannot say whether it still is" in page_of(bench)


def test_a_fault_the_earlier_look_could_not_judge_is_told_as_not_known_before() -> None:
    before, after = Session(estate(deny(), when=FROM)), Session(estate(deny()))
    old, new = broken("PGT302", before.topology), after.findings().findings
    found = compare(before.facts, after.facts, old, new)
    faults = {one.key for one in new if one.check == "PGT302" and one.is_fail}
    assert faults
    assert faults <= found.first_known
    bench = bench_with(found, after)
    assert "not known before: " in row_of(bench, RowKind.CAME, "pgt302").note
    assert "could not say whether it was there" in page_of(bench)


def test_a_new_subnet_turns_no_verdict_but_is_counted() -> None:
    found, _ = compared(estate(when=FROM), estate(more="snet-new"))
    assert not found.turns
    assert found.pairs_beside == 1


# -- the list ---------------------------------------------------------------------------------


def test_the_list_puts_lost_access_first_and_history_last() -> None:
    bench = bench_of(estate(when=FROM), estate(deny(), more="snet-new"))
    heads = [row.name for row in bench.changes_rows if row.kind is RowKind.HEAD]
    assert heads[0] == "2026-10-20 09:00Z → 2026-11-20 09:00Z"
    assert heads[1] == "Access lost: 1 pair"
    assert heads[-1] == "Azure's change history: 2, the latest first"
    assert "nsg-pg rules[deny-pg] new  network security group" in texts(bench)
    assert "vnet-far/snet-new subnet" in texts(bench)
    events = [row.name for row in bench.changes_rows if row.kind is RowKind.EVENT]
    assert events == ["2026-11-19 08:00Z  nsg-pg", "2026-11-18 08:00Z  vnet-far"]


def test_a_turned_verdict_names_what_changed_on_its_path() -> None:
    bench = bench_of(estate(when=FROM), estate(deny(), more="snet-new"))
    row_of(bench, RowKind.TURN)
    page = page_of(bench)
    assert "✔ OPEN  →  ✖ BLOCKED  for 1 client subnet" in page
    assert "now     NSG_DENY" in page
    assert "nsg-pg  rules[deny-pg] new  network security group" in page
    assert "snet-new" not in page
    bench.trace()
    assert name_of(bench.ends.pair.server) == "psql-orders"


def test_a_link_that_is_gone_is_found_on_the_path_by_the_earlier_look() -> None:
    bench = bench_of(estate(when=FROM), estate(links=False))
    row_of(bench, RowKind.TURN)
    assert "zone link" in page_of(bench)


def test_only_what_touches_the_selected_path_is_listed() -> None:
    bench = bench_of(estate(when=FROM), estate(deny(), more="snet-new"))
    everything = len([row for row in bench.changes_rows if row.is_change])
    ids = [one.id for one in bench.desk.topology.resources()]
    client = next(one for one in ids if one.endswith("snet-app"))
    server = next(one for one in ids if one.endswith("psql-orders"))
    bench.ends.pair = Pair(client, ArmId(server))
    shown = texts(bench)
    assert "On the path only: v shows all snet-app → psql-orders" in shown
    assert not any("snet-new" in text or "vnet-far" in text for text in shown)
    assert any(text.startswith("nsg-pg rules[deny-pg]") for text in shown)
    assert "hidden by filter" in "".join(piece.text for piece in bench.status())
    assert not bench.turn_changes()
    assert len([row for row in bench.changes_rows if row.is_change]) == everything


def test_faults_words_and_keys_narrow_the_list() -> None:
    bench = bench_of(estate(when=FROM), estate(deny(), more="snet-new"))
    bench.toggle_faults()
    kinds = {row.kind for row in bench.changes_rows if row.is_change}
    assert RowKind.TURN in kinds
    assert RowKind.NEW not in kinds
    bench.clear_sieve()
    bench.filter("is:new")
    assert {row.kind for row in bench.changes_rows if row.is_change} == {RowKind.NEW}
    bench.filter("no-such-word")
    assert any("None of" in row.name for row in bench.changes_rows)
    bench.filter("")
    assert bench.sieve == Sieve()


def test_the_next_fault_is_the_next_change_for_the_worse() -> None:
    bench = bench_of(estate(when=FROM), estate(deny()))
    assert bench.next_hit(1)
    assert bench.changes_row.is_fault
    first = bench.changes_at
    bench.next_hit(-1)
    assert bench.changes_row.is_fault
    bench.next_hit(1)
    assert bench.changes_at == first


NOT_HERE = (RowKind.NOTE, RowKind.GONE, RowKind.UNSURE)


@pytest.mark.parametrize("kind", [k for k in RowKind if k not in NOT_HERE])
def test_every_row_has_a_page(kind: RowKind) -> None:
    bench = bench_of(estate(when=FROM, more="snet-old"), estate(deny(), links=False))
    if kind is RowKind.NEW:
        bench = bench_of(estate(when=FROM), estate(deny(), more="snet-new"))
    row = row_of(bench, kind)
    page = page_of(bench)
    assert page
    if row.is_change:
        assert row.name.rpartition(" ")[2].rpartition("/")[2] in page + bench.page().title


def test_a_changed_rule_shows_old_and_new_value_with_who_did_it() -> None:
    bench = bench_of(estate(deny(), when=FROM), estate(deny(priority=200)))
    row_of(bench, RowKind.CHANGED)
    page = page_of(bench)
    assert "rules[deny-pg].priority" in page
    assert "- 100" in page
    assert "+ 200" in page
    assert "ops@x.org at 2026-11-19 08:00Z" in page


def test_findings_that_are_gone_say_whether_their_subject_is() -> None:
    found, _ = compared(estate(deny(), when=FROM), estate())
    one = next(f for f in found.gone if f.check == "PGT302")
    assert "psql-orders" in plain(tuple(pages.gone(found, one)))


# -- nothing to compare with ------------------------------------------------------------------


def test_without_another_snapshot_the_screen_says_how_to_get_one() -> None:
    session = Session(estate(when=FROM))
    bench = ChangesBench(Desk(session.facts, files=("one.json",)))
    bench.go(View.CHANGES)
    shown = texts(bench)
    assert shown[0] == "Compare with another snapshot ... enter"
    assert "No other snapshot to compare with yet" in shown
    page = page_of(bench)
    assert "pgtopo collect --changes -o" in page
    assert "select a path first" in bench.turn_changes()


def test_two_equal_snapshots_say_that_nothing_differs() -> None:
    bench = bench_of(estate(when=FROM), estate(when=FROM))
    assert "No resource, verdict or finding differs" in texts(bench)
    assert "Nothing: no resource, verdict or finding differs." in page_of(bench)


def test_ids_are_told_by_their_names() -> None:
    looks = []
    for used in (0, 1):
        world = World()
        groups = (world.nsg("nsg-a"), world.nsg("nsg-b"))
        network = world.vnet("vnet-app", "10.1.0.0/16")
        world.subnet(network, "snet-pg", "10.1.1.0/28", nsg=groups[used])
        looks.append(world.topology())
    bench = bench_of(*looks)
    row_of(bench, RowKind.CHANGED, "snet-pg")
    page = page_of(bench)
    assert "- nsg-a" in page
    assert "+ nsg-b" in page


def test_the_tab_tells_what_changed_about_a_thing_and_what_belongs_to_it() -> None:
    bench = bench_of(estate(when=FROM), estate(deny(), more="snet-new"))
    ids = {name_of(one.id): one.id for one in bench.desk.topology.resources()}
    bench.state = on_tab(bench.state, Tab.CHANGES)
    for name, words in (
        (GROUP, ("rules[deny-pg]", "ops@x.org at 2026-11-19 08:00Z", "came with it")),
        ("vnet-far", ("Nothing about it is different.", "What belongs to it", "snet-new  new")),
        ("psql-orders", ("Nothing about it is different.",)),
    ):
        bench.follow(to_resource(ids[name]))
        page = page_of(bench)
        for word in words:
            assert word in page, name


def test_the_tab_says_how_to_compare_where_nothing_was_compared() -> None:
    session = Session(estate())
    bench = ChangesBench(Desk(session.facts, files=("one.json",)))
    ids = {name_of(one.id): one.id for one in bench.desk.topology.resources()}
    bench.state = on_tab(bench.state, Tab.CHANGES)
    bench.follow(to_resource(ids[GROUP]))
    assert "7 chooses one" in page_of(bench)
    assert "ops@x.org" in page_of(bench)
