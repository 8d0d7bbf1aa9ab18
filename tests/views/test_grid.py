"""Reach and names as grids: the same answers as a trace, filtered, worked out when shown."""

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.path.trace import trace
from pgtopo.model.server import FlexibleServer
from pgtopo.views.filter import parse
from pgtopo.views.grid import Grid, names, reach
from pgtopo.views.path import SIGNS
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
