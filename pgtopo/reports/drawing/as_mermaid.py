"""The map as a Mermaid flowchart."""

import re
from collections.abc import Iterator

from pgtopo.analysis.verdict import Verdict
from pgtopo.reports.drawing.document import Picture
from pgtopo.views.map.graph import Edge, Graph, Node, Shape
from pgtopo.views.map.link_state import LinkKind, LinkState
from pgtopo.views.signs import Sign
from pgtopo.views.style import Style

FORMAT = "mermaid"

_SAFE = frozenset(" _-.,:/()=+*!?→●○◐▲✖✔◆◇…")
"""What stands for itself in a quoted text, beside letters and digits."""

_LIST = re.compile(r"\s*\d*([-+*.)])\s")
"""What would begin a list at the front of a line."""

_LEFT = {
    Shape.HUB: ("[[", "]]"),
    Shape.GHOST: ("(", ")"),
    Shape.BUNDLE: ("[(", ")]"),
    Shape.SITE: ("([", "])"),
    Shape.HEADING: ("[", "]"),
    Shape.CLIENT: ("([", "])"),
    Shape.DEVICE: ("{{", "}}"),
    Shape.SERVER: ("[(", ")]"),
}
_WIRES = {
    LinkState.CONNECTED: "---",
    LinkState.NO_FORWARDED: "-.-",
    LinkState.LIMITED: "-.-",
    LinkState.UNKNOWN: "-.-",
    LinkState.HALF: "--o",
    LinkState.DISCONNECTED: "x-.-x",
}
_CLASSES = (
    ("bad", "stroke:#b3261e,stroke-width:2px"),
    ("risk", "stroke:#8a5a00,stroke-width:2px"),
    ("ghost", "stroke-dasharray:5 4"),
)


def render(picture: Picture, style: Style) -> bytes:
    """The flowchart; every text from data is quoted and escaped."""
    return ("\n".join(_lines(picture)) + "\n").encode()


def _lines(picture: Picture) -> Iterator[str]:
    graph = picture.graph
    names = {node.key: f"n{at}" for at, node in enumerate(graph.nodes)}
    yield "---"
    yield f'title: "{_title(picture.title)}"'
    yield "---"
    yield f"flowchart {'TD' if graph.is_path else 'LR'}"
    for note in graph.notes:
        yield f"  %% {_comment(note)}"
    for node in graph.nodes:
        yield f"  {names[node.key]}{_node(node)}"
    for edge in graph.edges:
        yield f"  {names[edge.a]} {_wire(edge)} {names[edge.b]}"
    for name, look in _CLASSES:
        members = [names[node.key] for node in graph.nodes if _class(node) == name]
        if members:
            yield f"  classDef {name} {look}"
            yield f"  class {','.join(members)} {name}"
    yield from _styles(graph)


def _title(text: str) -> str:
    """A title for the YAML front matter: letters, digits and a few signs."""
    return "".join(one if one.isalnum() or one in " _-.,:●○◐▲✖✔?" else "_" for one in text)


def _comment(text: str) -> str:
    plain = text.replace(";", ",")
    return "".join(one for one in plain if one.isalnum() or one in " _-.,:'")


def _node(node: Node) -> str:
    left, right = _LEFT.get(node.shape, ("[", "]"))
    mark = node.sign.shown().strip() if node.sign is not Sign.INFO else ""
    title = f"{mark} {node.title}".strip()
    text = "<br/>".join(quoted(one) for one in (title, *node.lines))
    return f'{left}"{text}"{right}'


def quoted(text: str) -> str:
    """A text for a quoted label: everything that could act is written as a character code."""
    front = _LIST.match(text)
    acting = range(front.start(1), front.end(1)) if front else range(0)
    return "".join(
        one if (one.isalnum() or one in _SAFE) and at not in acting else f"#{ord(one)};"
        for at, one in enumerate(text)
    )


def _wire(edge: Edge) -> str:
    label = "<br/>".join(quoted(one) for one in edge.label.split("\n")) if edge.label else ""
    if edge.verdict is not None:
        arrow = {Verdict.BLOCKED: "-.-x", Verdict.UNKNOWN: "-.->"}.get(edge.verdict, "-->")
    elif edge.state is None:
        arrow = "~~~"
    else:
        arrow = _WIRES[edge.state]
        sign = edge.state.look.sign if edge.state is not LinkState.CONNECTED else ""
        label = f"{sign} {label}".strip()
    if arrow == "---" and edge.kind in (LinkKind.TUNNEL, LinkKind.GROUP):
        arrow = "==="
    return f'{arrow}|"{label}"|' if label and arrow != "~~~" else arrow


def _class(node: Node) -> str:
    if node.shape is Shape.GHOST:
        return "ghost"
    return {Sign.BAD: "bad", Sign.MIXED: "bad", Sign.RISK: "risk"}.get(node.sign, "")


def _styles(graph: Graph) -> Iterator[str]:
    """Wires that carry nothing are red."""
    bad = [
        str(at)
        for at, edge in enumerate(graph.edges)
        if edge.verdict is Verdict.BLOCKED or (edge.state is not None and edge.state.is_fault)
    ]
    if bad:
        yield f"  linkStyle {','.join(bad)} stroke:#b3261e"
