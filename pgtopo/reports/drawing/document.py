"""What `export` draws: a scene or a path, as a placed drawing and as a graph."""

from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.model.moments import minute
from pgtopo.views.desk import Desk
from pgtopo.views.map.card import Scene
from pgtopo.views.map.drawing import Drawing
from pgtopo.views.map.graph import Graph, graph_of, path_graph
from pgtopo.views.map.path_drawing import path_drawing
from pgtopo.views.map.racks import plan

WIDTH = 150
"""The columns of a drawing that goes into a file, and of its racks: room for long names."""
RACK = 48
PATH_WIDTH = 96


class Picture(NamedTuple):
    """One document."""

    title: str
    drawing: Drawing
    graph: Graph
    notes: tuple[str, ...] = ()
    made: str = ""
    """When the data was collected."""


def of_scene(desk: Desk, scene: Scene, width: int | None = None) -> Picture:
    """A scene as a document."""
    stamp = desk.topology.created_at
    return Picture(
        title=f"pgtopo: {scene.title}",
        drawing=plan(scene, width) if width else plan(scene, WIDTH, RACK),
        graph=graph_of(desk.topology, scene),
        notes=scene.notes,
        made=minute(stamp) if stamp else "",
    )


def of_path(facts: Facts, found: PathVerdict, width: int | None = None) -> Picture:
    """A traced path as a document."""
    graph = path_graph(facts, found)
    stamp = facts.topology.created_at
    return Picture(
        title=f"pgtopo: {graph.title}",
        drawing=path_drawing(facts, found, width=width or PATH_WIDTH),
        graph=graph,
        made=minute(stamp) if stamp else "",
    )
