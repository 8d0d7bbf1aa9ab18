"""The map as a draw.io diagram: the same places, boxes that can be moved."""

from collections.abc import Iterator
from html import escape

from pgtopo.analysis.verdict import Verdict
from pgtopo.reports.drawing.document import Picture
from pgtopo.reports.drawing.svg import CELL, ROW
from pgtopo.views.map.graph import Edge, Node, Shape
from pgtopo.views.map.link_state import LinkState
from pgtopo.views.signs import Sign
from pgtopo.views.style import Style

FORMAT = "drawio"

_BOX = "rounded=1;arcSize=6;whiteSpace=wrap;html=0;align=left;spacing=6;verticalAlign=top"
_SIGNS = {Sign.BAD: "#b3261e", Sign.MIXED: "#b3261e", Sign.RISK: "#8a5a00"}
_WIRES = {
    LinkState.NO_FORWARDED: "dashed=1",
    LinkState.LIMITED: "dashed=1;strokeColor=#8a5a00",
    LinkState.UNKNOWN: "dashed=1;dashPattern=1 4",
    LinkState.HALF: "endArrow=oval;endFill=0;strokeColor=#b3261e",
    LinkState.DISCONNECTED: "dashed=1;dashPattern=1 8;strokeColor=#b3261e",
}


def render(picture: Picture, style: Style) -> bytes:
    """The diagram as XML; texts are plain, nothing in them is read as markup."""
    return ("\n".join(_lines(picture)) + "\n").encode("utf-8", "xmlcharrefreplace")


def _lines(picture: Picture) -> Iterator[str]:
    graph = picture.graph
    names = {node.key: f"n{at}" for at, node in enumerate(graph.nodes)}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<mxfile host="pgtopo">'
    yield f'<diagram id="map" name="{escape(picture.title)}"><mxGraphModel><root>'
    yield '<mxCell id="0"/><mxCell id="1" parent="0"/>'
    for node in graph.nodes:
        yield _cell(picture, node, names[node.key])
    for at, edge in enumerate(graph.edges):
        if edge.state is not None or edge.verdict is not None:
            yield _wire(edge, f"e{at}", names)
    yield "</root></mxGraphModel></diagram></mxfile>"


def _cell(picture: Picture, node: Node, name: str) -> str:
    box = picture.drawing.box(node.key)
    mark = node.sign.shown().strip() if node.sign is not Sign.INFO else ""
    text = "\n".join((f"{mark} {node.title}".strip(), *node.lines))
    look = _BOX
    if node.sign in _SIGNS:
        look += f";strokeColor={_SIGNS[node.sign]}"
    if node.shape in (Shape.HUB, Shape.SERVER):
        look += ";strokeWidth=2"
    if node.shape is Shape.GHOST:
        look += ";dashed=1"
    x, y, width, height = (box.x, box.y, box.width, box.height) if box else (0, 0, 30, 3)
    place = f'x="{x * CELL}" y="{y * ROW * 3 // 2}" width="{width * CELL}" height="{height * ROW}"'
    return (
        f'<mxCell id="{name}" value="{_attribute(text)}" style="{look}" vertex="1" parent="1">'
        f'<mxGeometry {place} as="geometry"/></mxCell>'
    )


def _wire(edge: Edge, name: str, names: dict[str, str]) -> str:
    if edge.verdict is not None:
        look = "endArrow=block"
        if edge.verdict is not Verdict.ALLOWED:
            look += ";dashed=1"
        if edge.verdict is Verdict.BLOCKED:
            look += ";strokeColor=#b3261e"
    else:
        look = f"endArrow=none;{_WIRES.get(edge.state, '') if edge.state else ''}"
    label = edge.label
    if edge.state is not None and edge.state is not LinkState.CONNECTED:
        label = f"{edge.state.look.sign} {label}".strip()
    return (
        f'<mxCell id="{name}" value="{_attribute(label)}" style="html=0;{look}" edge="1"'
        f' parent="1" source="{names[edge.a]}" target="{names[edge.b]}">'
        '<mxGeometry relative="1" as="geometry"/></mxCell>'
    )


def _attribute(text: str) -> str:
    return escape(text).replace("\n", "&#10;")
