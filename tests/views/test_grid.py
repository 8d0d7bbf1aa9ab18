"""Reach and names as grids: the same answers as a trace, filtered, worked out when shown."""

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.path.trace import trace
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer
from pgtopo.tui.grid_heads import column_heads, shared_fronts, shortened
from pgtopo.views.filter import parse
from pgtopo.views.grid import Grid, Layout, Order, Side
from pgtopo.views.grid_source import names, reach
from pgtopo.views.grid_store import Cell
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import Sign
from pgtopo.views.state import View
from tests.views.small import bench, desk


def whole(grid: Grid) -> Grid:
    grid.work_out(grid.missing(0, len(grid.rows)))
    return grid


def test_every_cell_of_reach_is_the_trace_of_its_pair() -> None:
    table = desk()
    grid = whole(reach(table.facts))
    assert len(grid.rows) >= 1
    assert len(grid.columns) == 4
    for row, client in enumerate(grid.all_rows):
        cells = grid.cells(row)
        assert cells is not None
        for cell, side in zip(cells, grid.all_columns, strict=True):
            server = table.topology.get(FlexibleServer, side.id)
            assert server is not None
            found = trace(table.facts, find_client(table.facts, client.id), server)
            assert cell.sign is SIGNS[found.verdict], (client.name, side.name)


def test_names_tell_private_from_public_answers() -> None:
    grid = whole(names(desk().facts))
    rows = {grid.row_name(at): grid.cells(at) for at in range(len(grid.rows))}
    column = grid.column_names().index("psql-survey")
    hub = rows["vnet-hub"]
    assert hub is not None
    assert hub[column].text == "public answer"


def test_words_filter_rows_and_to_filters_columns() -> None:
    grid = whole(reach(desk().facts))
    grid.filter(parse("web to:survey"))
    assert [grid.row_name(at) for at in range(len(grid.rows))] == ["vnet-app/snet-web"]
    assert grid.column_names() == ("psql-survey",)
    grid.filter(parse("no-such-subnet"))
    assert grid.here is None
    assert grid.cell is None
    grid.move(5, 5)
    grid.filter(parse(""))
    assert grid.here is not None


def test_rows_are_worked_out_only_where_they_are_wanted() -> None:
    grid = reach(desk().facts)
    assert grid.cells(0) is None
    assert grid.missing(0, 1)
    whole(grid)
    assert grid.missing(0, 1) == ()
    assert grid.cells(0) is not None


def test_the_workbench_makes_grids_on_demand_and_traces_from_them() -> None:
    made = bench()
    made.go(View.REACH)
    before = made.grid
    assert before is None
    work = made.grid_work(0, 10)
    assert work is not None
    work.make()
    assert made.grid is not None
    assert made.grid_work(0, 10) is None
    made.moved_in_grid()
    assert made.state.place.client
    assert made.trace() == ""
    assert made.view is View.ESTATE
    assert made.ends.pair.is_complete


def striped(rows: int, columns: int) -> Grid:
    """Rows of three kinds, one of them faulty in every second column."""
    fine, bad = Cell(Sign.GOOD, "OK"), Cell(Sign.BAD, "NSG_DENY")
    unknown = Cell(Sign.UNKNOWN, "ZONE_UNSEEN")

    def cells_of(row: int) -> list[Cell]:
        odd = (fine, bad, unknown)[row % 3]
        return [odd if at % 2 else fine for at in range(columns)]

    sides = [Side(ArmId(f"/row/{at}"), f"snet-{at:05}") for at in range(rows)]
    heads = [Side(ArmId(f"/column/{at}"), f"psql-{at:04}") for at in range(columns)]
    return Grid(sides, heads, cells_of)


def test_equal_rows_collapse_into_one_that_opens() -> None:
    grid = striped(12, 4)
    grid.lay(Layout(is_collapsed=True))
    assert len(grid.rows) == 12, "nothing is put together before every row is known"
    whole(grid)
    grid.settle()
    assert [grid.alike(at) for at in range(len(grid.rows))] == [4, 4, 4]
    assert grid.hidden == 0
    assert grid.toggle(1)
    assert len(grid.rows) == 6
    assert grid.toggle(1)
    assert len(grid.rows) == 3
    grid.lay(Layout())
    assert len(grid.rows) == 12


def test_the_worst_rows_and_columns_come_first_and_faults_can_stand_alone() -> None:
    grid = whole(striped(9, 4))
    grid.move(1, 2)
    here = grid.here
    grid.lay(Layout(order=Order.FAULTS))
    assert grid.here == here, "the cursor stays on its cell"
    assert grid.row_name(0) == "snet-00001"
    assert grid.column_names()[:2] == ("psql-0001", "psql-0003")
    grid.lay(Layout(order=Order.FAULTS, is_reversed=True))
    assert grid.row_name(8) == "snet-00001"
    grid.lay(Layout(is_faults_only=True))
    assert {grid.store.faults(at).bad for at in grid.rows} == {2, 0}
    assert grid.column_names() == ("psql-0001", "psql-0003")
    assert grid.hidden == 3 + 2


def test_the_next_fault_is_found_round_and_round() -> None:
    grid = whole(striped(3, 4))
    assert grid.next_fault(1)
    assert (grid.row, grid.column) == (1, 1)
    assert grid.next_fault(1)
    assert (grid.row, grid.column) == (1, 3)
    assert grid.next_fault(1)
    assert (grid.row, grid.column) == (1, 1)
    assert not whole(striped(1, 1)).next_fault(1)


def test_column_heads_stand_upright_without_what_all_share() -> None:
    assert column_heads(["psql-a", "psql-bc"], 9) == [" b", "ac"]
    assert column_heads(["one"], 9) == ["o", "n", "e"]
    assert [len(row) for row in column_heads(["x" * 30, "y"], 6)] == [2] * 6
    assert column_heads([], 5) == []


def test_row_names_lose_what_all_share_and_are_cut_part_by_part() -> None:
    assert shared_fronts(["vnet-hub/snet-a", "vnet-app/snet-b"]) == ["vnet-", "snet-"]
    assert shared_fronts(["vnet-hub/snet-a", "vnet-app/default"]) == ["vnet-", ""]
    assert shared_fronts(["vnet-hub/snet-a", "vnet-app"]) == []
    assert shared_fronts([]) == []
    assert shortened(["hub-neu", "dns-in-a"], 17) == ["hub-neu", "dns-in-a"]
    assert "/".join(shortened(["analytics-weu", "app-analytics"], 17)) == "ana…-weu/app…tics"
    assert all(len("/".join(shortened(["a" * 30, "b"], width))) <= width for width in range(5, 40))
