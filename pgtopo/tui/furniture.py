"""What the screen gets with the first estate: panes, and lines to type into."""

from __future__ import annotations

from textual.widget import Widget

from pgtopo.tui.filter_line import AskLine, ClientLine, FilterLine
from pgtopo.tui.pane import Pane
from pgtopo.tui.panes.changes import ChangeList
from pgtopo.tui.panes.document import Document
from pgtopo.tui.panes.grid import GridList
from pgtopo.tui.panes.map import MapPane
from pgtopo.tui.panes.problems import ProblemList
from pgtopo.tui.panes.tree import TreeList
from pgtopo.tui.panes.triage import TriageList


def panes() -> tuple[Pane, ...]:
    """The panes of an estate, from left to right."""
    return (
        Pane(TreeList(id="tree"), id="tree-pane"),
        Pane(ProblemList(id="problems"), id="problems-pane"),
        Pane(GridList(id="grid"), id="grid-pane"),
        Pane(MapPane(id="map"), id="map-pane"),
        Pane(TriageList(id="triage"), id="triage-pane"),
        Pane(ChangeList(id="changes"), id="changes-pane"),
        Pane(Document(id="detail"), id="detail-pane"),
        Pane(Document(id="side"), id="side-pane"),
    )


def lines() -> tuple[Widget, ...]:
    """The lines that something is typed into, from top to bottom."""
    return (FilterLine(), ClientLine(), AskLine())
