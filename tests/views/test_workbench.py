"""Every action of a user as a step without a terminal."""

from pgtopo.analysis.facts import Facts
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.views import copies
from pgtopo.views.ends import Ends
from pgtopo.views.groupings import Grouping
from pgtopo.views.lines import to_problem, to_resource
from pgtopo.views.problem_list import Arrangement, Bundle, Sorting, rows
from pgtopo.views.problem_source import problems_of
from pgtopo.views.signs import Sign
from pgtopo.views.source import badge
from pgtopo.views.state import View
from pgtopo.views.status import server_signs
from pgtopo.views.workbench import Workbench
from tests.checks.spokes import spoke
from tests.estates.world import World, rule
from tests.views.small import bench, desk, world


def server(made: Workbench, name: str) -> ArmId:
    return next(s.id for s in made.desk.topology.all(FlexibleServer) if s.name == name)


def test_regrouping_keeps_the_selection() -> None:
    made = bench()
    wanted = server(made, "psql-orders")
    made.follow(to_resource(wanted))
    for grouping in (Grouping.SUBSCRIPTION, Grouping.SERVER, Grouping.ZONE, Grouping.NETWORK):
        made.regroup()
        assert made.grouping is grouping
        node = made.tree.node
        assert node is not None
        assert node.id == wanted


def test_history_goes_back_and_forward_over_views() -> None:
    made = bench()
    first = server(made, "psql-orders")
    made.follow(to_resource(first))
    problem = made.desk.problems.all[0]
    made.follow(to_problem(problem.key))
    assert made.view is View.FINDINGS
    assert made.state.place.problem == problem.key
    made.step_back()
    assert made.state.place.id == first
    made.step_forward()
    assert made.state.place.problem == problem.key
    made.step_forward()
    assert made.state.place.problem == problem.key, "nothing further ahead"


def test_following_something_the_filter_hides_gives_the_filter_up() -> None:
    made = bench()
    made.filter("survey")
    wanted = server(made, "psql-orders")
    made.follow(to_resource(wanted))
    assert not made.sieve
    node = made.tree.node
    assert node is not None
    assert node.id == wanted


def test_hits_and_faults_are_walked_round_and_round() -> None:
    made = bench()
    seen = []
    for _ in range(6):
        assert made.next_hit(1)
        seen.append(made.state.place.id)
    assert len(set(seen)) < 6, "it starts again at the top"
    signs = {made.desk.problems.sign(one) for one in seen}
    assert all(sign.is_fault for sign in signs)
    made.filter("nothing-has-this-name")
    assert not made.next_hit(1)


def test_findings_are_bundled_sorted_and_reversed() -> None:
    made = bench()
    made.go(View.FINDINGS)
    rows = [row for row in made.findings.rows if row.problem]
    assert [row.sign for row in rows] == sorted(row.sign for row in rows)
    made.rearrange("bundle")
    assert made.findings.how.bundle is Bundle.CHECK
    assert any(row.problem is None for row in made.findings.rows)
    made.rearrange("sort")
    assert made.findings.how.sorting is Sorting.NUMBER
    before = made.findings.rows
    made.rearrange("reverse")
    assert made.findings.rows != before
    assert len(made.findings.rows) == len(before)


def test_findings_of_one_cause_and_one_subject_are_told_apart() -> None:
    made = World()
    group = made.nsg("nsg-app", rule("no-pg", 200, "Deny", "Outbound"))
    home = spoke(world=made, nsg=group)
    made.server("psql-twin", home.server_subnet, home.zone)
    topology = made.topology()
    found = problems_of(run(Facts(topology), catalogue()).findings)
    shown = rows(topology, found, Arrangement())
    notes = [row.note for row in shown if row.code == "PGT312" and row.problem is not None]
    assert notes == ["psql-orders", "psql-twin"]


def test_ends_tell_subnets_of_one_name_apart() -> None:
    made = World()
    home = spoke(world=made)
    ends = Ends(made.topology())
    ends.type_client(home.subnet)
    assert ends.shown() == "snet-app → ?"
    twin = made.subnet(made.vnet("vnet-b", "10.4.0.0/16"), "SNET-APP", "10.4.1.0/24")
    ends = Ends(made.topology())
    for subnet, name in ((home.subnet, "vnet-app/snet-app"), (twin, "vnet-b/SNET-APP")):
        ends.type_client(subnet.lower())
        assert ends.shown() == f"{name} → ?"


def test_what_is_copied_r02() -> None:
    made = bench()
    made.follow(to_resource(server(made, "psql-orders")))
    assert copies.name(made.desk, made.state.place) == "psql-orders.postgres.database.azure.com"
    assert copies.arm_id(made.desk, made.state.place).startswith("/subscriptions/")
    assert "sslmode=verify-full" in copies.command(made.desk, made.state.place)
    made.go(View.FINDINGS)
    assert copies.arm_id(made.desk, made.state.place)


def test_the_status_line_counts_servers_and_what_is_hidden() -> None:
    made = bench()
    text = "  ".join(p.text for p in made.status())
    assert text.startswith("4 servers")
    assert "hidden" not in text
    made.filter("psql-orders")
    assert "hidden by filter" in "  ".join(p.text for p in made.status())


def test_servers_are_not_judged_before_the_checks_have_run() -> None:
    table = desk()
    assert sum(server_signs(table.topology, table.problems).values()) == 4
    assert server_signs(table.topology, table.problems)[Sign.BAD] >= 1
    from pgtopo.views.problems import Problems

    assert server_signs(table.topology, Problems()) == {}


def test_the_badge_says_snapshot_time_and_what_is_missing() -> None:
    made = world()
    assert badge(desk(made).topology, ("estate.json",)).text == "FILE estate.json"
    made.denied("microsoft.authorization/locks", f"/subscriptions/{made.sub}")
    assert badge(desk(made).topology, ()).partial == "locks in contoso-prod"


def test_suppressed_findings_do_not_count() -> None:
    import msgspec

    from pgtopo.views.problems import Problems

    table = desk()
    every = [msgspec.structs.replace(p, suppressed_by="known") for p in table.problems.all]
    quiet = Problems(every, is_complete=True)
    assert quiet.tally(range(len(every))).total == 0
    assert all(quiet.sign(p.subject) is Sign.NONE for p in every)


def test_a_bench_that_takes_the_place_of_another_shows_the_same_rows() -> None:
    made = bench()
    made.tree.outline.open_only(())
    made.tree.outline.open(0)
    made.tree.outline.open(1)
    made.tree.outline.move(1)
    made.moved_in_tree()
    fresh = bench()
    assert fresh.tree.outline.rows != made.tree.outline.rows
    fresh.take_place_of(made)
    assert fresh.tree.outline.rows == made.tree.outline.rows
    assert fresh.tree.node == made.tree.node
