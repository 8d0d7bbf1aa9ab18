"""The map as a Graphviz graph."""

from collections.abc import Iterator

from pgtopo.analysis.verdict import Verdict
from pgtopo.reports.drawing.document import Picture
from pgtopo.views.map.graph import Edge, Node, Shape
from pgtopo.views.map.link_state import LinkKind, LinkState
from pgtopo.views.signs import Sign
from pgtopo.views.style import Style

FORMAT = "dot"

_SHAPES = {
    Shape.HUB: "shape=box, penwidth=2.5",
    Shape.GHOST: 'shape=box, style="rounded,dashed"',
    Shape.BUNDLE: 'shape=box3d, style="rounded"',
    Shape.SITE: 'shape=box, style="rounded"',
    Shape.HEADING: "shape=plaintext",
    Shape.CLIENT: 'shape=box, style="rounded"',
    Shape.DEVICE: "shape=octagon",
    Shape.SERVER: "shape=cylinder",
}
_WIRES = {
    LinkState.CONNECTED: "dir=none",
    LinkState.NO_FORWARDED: "dir=none, style=dashed",
    LinkState.LIMITED: 'dir=none, style=dashed, color="#8a5a00"',
    LinkState.UNKNOWN: "dir=none, style=dotted",
    LinkState.HALF: 'dir=both, arrowtail=none, arrowhead=odot, color="#b3261e"',
    LinkState.DISCONNECTED: 'dir=both, arrowtail=tee, arrowhead=tee, style=dotted, color="#b3261e"',
}
_SIGNS = {Sign.BAD: "#b3261e", Sign.MIXED: "#b3261e", Sign.RISK: "#8a5a00"}


def render(picture: Picture, style: Style) -> bytes:
    """The graph; every text from data is quoted and escaped."""
    return ("\n".join(_lines(picture)) + "\n").encode()


def _lines(picture: Picture) -> Iterator[str]:
    graph = picture.graph
    names = {node.key: f"n{at}" for at, node in enumerate(graph.nodes)}
    yield "digraph pgtopo {"
    yield f"  label={quoted(chr(10).join((picture.title, *graph.notes)))};"
    rank = "TB" if graph.is_path else "LR"
    yield f'  rankdir={rank}; labelloc=t; fontname="monospace"; nodesep=0.25;'
    yield '  node [fontname="monospace", fontsize=10];'
    yield '  edge [fontname="monospace", fontsize=9];'
    for node in graph.nodes:
        yield f"  {names[node.key]} [{_node(node)}];"
    for edge in graph.edges:
        yield f"  {names[edge.a]} -> {names[edge.b]} [{_wire(edge)}];"
    yield "}"


def _node(node: Node) -> str:
    mark = node.sign.shown().strip() if node.sign is not Sign.INFO else ""
    title = f"{mark} {node.title}".strip()
    colour = f', color="{_SIGNS[node.sign]}"' if node.sign in _SIGNS else ""
    shape = _SHAPES.get(node.shape, "shape=box")
    tip = f", tooltip={quoted(node.id)}" if node.id else ""
    label = quoted("".join(f"{line}\n" for line in (title, *node.lines)), end="\\l")
    return f"label={label}, {shape}{colour}{tip}"


def quoted(text: str, end: str = "\\n") -> str:
    """A text as a quoted string of the DOT language, in which nothing acts but line ends.

    Backslashes would begin escapes, ampersands would begin character entities.
    """
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return '"' + safe.replace("\n", end) + '"'


def _wire(edge: Edge) -> str:
    label = edge.label
    if edge.verdict is not None:
        look = 'style=dashed, color="#b3261e"' if edge.verdict is Verdict.BLOCKED else "style=solid"
        if edge.verdict is Verdict.UNKNOWN:
            look = "style=dotted"
    elif edge.state is None:
        return "style=invis"
    else:
        look = _WIRES[edge.state]
        if edge.state is not LinkState.CONNECTED:
            label = f"{edge.state.look.sign} {label}".strip()
        if edge.kind in (LinkKind.TUNNEL, LinkKind.GROUP):
            look = f"{look}, penwidth=3"
    return f"label={quoted(label)}, {look}" if label else look
