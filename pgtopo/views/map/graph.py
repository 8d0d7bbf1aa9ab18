"""A scene or a path as a plain graph: what formats need that place boxes themselves."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Step, Verdict
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology
from pgtopo.views.literal import printable
from pgtopo.views.map.card import Card, Limb, Plate, Row, Scene
from pgtopo.views.map.drawing import Border
from pgtopo.views.map.gist import gist
from pgtopo.views.map.link_state import LinkKind, LinkState
from pgtopo.views.map.path_drawing import leading
from pgtopo.views.map.stations import Station, StationKind, way_of
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import Sign

_PAIRS = 28
"""Links between heads that are drawn one by one; more are drawn over one common node."""


class Shape(Enum):
    """What a node stands for."""

    HUB = "hub"
    NETWORK = "network"
    GHOST = "ghost"
    """Referred to, and not in the data."""
    BUNDLE = "bundle"
    SITE = "site"
    HEADING = "heading"
    CLIENT = "client"
    DEVICE = "device"
    SERVER = "server"


class Node(NamedTuple):
    """One box."""

    key: str
    title: str
    lines: tuple[str, ...] = ()
    shape: Shape = Shape.NETWORK
    sign: Sign = Sign.NONE
    id: str = ""
    """As Azure wrote it."""


class Edge(NamedTuple):
    """One wire, from one node to another."""

    a: str
    b: str
    label: str = ""
    state: LinkState | None = None
    """None where boxes only belong together, or where the edge is a step of a path."""
    verdict: Verdict | None = None
    """Of a step of a path."""
    kind: LinkKind = LinkKind.PEERING


class Graph(NamedTuple):
    """Nodes and edges in a stable order."""

    title: str
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    notes: tuple[str, ...] = ()
    is_path: bool = False


def graph_of(topology: Topology, scene: Scene) -> Graph:
    """A scene as a graph; links that are written into boxes become edges as well."""
    nodes = tuple(
        node._replace(id=printable(topology.display(ArmId(node.id)))) if node.id else node
        for plate in scene.plates
        for node in (_node(plate.head, _head_shape(plate)), *(_hung(one) for one in plate.limbs))
    )
    keys = {node.key for node in nodes}
    edges = [_edge(plate.head, limb) for plate in scene.plates for limb in plate.limbs]
    edges += _between_heads(scene)
    edges += [
        Edge(link.a, link.b, link.word, link.state, kind=link.kind)
        for link in scene.cross
        if link.a in keys and link.b in keys
    ]
    return Graph(scene.title, nodes, tuple(edges), scene.notes)


def _head_shape(plate: Plate) -> Shape:
    return Shape.HUB if plate.head.id else Shape.HEADING


def _node(card: Card, shape: Shape) -> Node:
    is_ghost = card.border is Border.DASHED
    lines = tuple(text for row in card.lines if not _is_stub(row) and (text := _text(row)))
    return Node(card.key, card.name, lines, Shape.GHOST if is_ghost else shape, card.sign, card.id)


def _hung(limb: Limb) -> Node:
    card = limb.card
    if card.members:
        shape = Shape.HUB if card.id else Shape.BUNDLE
    else:
        shape = Shape.SITE if limb.kind is LinkKind.TUNNEL else Shape.NETWORK
    return _node(card, shape)


def _is_stub(row: Row) -> bool:
    """Whether a line only repeats a link that becomes an edge."""
    return bool(row) and row[0].text.rstrip(" ") in _WIRES


_WIRES = frozenset(text.rstrip(" ") for text in ("─●─", "┄○┄", "┄▲┄", "┈?┈", "─◐ ", " ✖ "))


def _text(row: Row) -> str:
    return "".join(one.text for one in row).rstrip(" ")


def _edge(head: Card, limb: Limb) -> Edge:
    label = limb.text if limb.state is not None and limb.state is not LinkState.CONNECTED else ""
    return Edge(head.key, limb.card.key, label, limb.state, kind=limb.kind)


def _between_heads(scene: Scene) -> list[Edge]:
    if scene.backbone is None:
        return []
    heads = [plate.head.key for plate in scene.plates if plate.head.id]
    pairs = [(a, b) for at, a in enumerate(heads) for b in heads[at + 1 :]]
    return [Edge(a, b, "", scene.backbone) for a, b in pairs[:_PAIRS]]


# -- paths -----------------------------------------------------------------------------------------


def path_graph(facts: Facts, found: PathVerdict) -> Graph:
    """One path as a graph: places as nodes, what is decided between them as edges."""
    part = leading(found)
    title = f"{printable(found.server.name)}, port {found.port}: {found.verdict.value}"
    if part is None:
        return Graph(title, is_path=True)
    way = way_of(facts, found, part)
    nodes: list[Node] = []
    edges: list[Edge] = []
    steps: list[Step] = []
    for one in way.stops:
        if not isinstance(one, Station):
            steps.append(one)
            continue
        node = _station(one)
        if nodes:
            told = [gist(facts.topology, step, part) for step in steps]
            label = "\n".join(_told(steps, told))
            edges.append(Edge(nodes[-1].key, node.key, label, verdict=_worst(steps)))
        nodes.append(node)
        steps = []
    told = [gist(facts.topology, step, part) for step in way.back]
    label = "\n".join(("back", *_told(list(way.back), told)))
    edges.append(Edge(nodes[-1].key, nodes[0].key, label, verdict=_worst(list(way.back))))
    return Graph(title, tuple(nodes), tuple(edges), is_path=True)


def _station(one: Station) -> Node:
    shapes = {
        StationKind.CLIENT: Shape.CLIENT,
        StationKind.DEVICE: Shape.DEVICE,
        StationKind.SERVER: Shape.SERVER,
    }
    lines = (one.word, ", ".join(one.facts), *_said(one))
    signs = [SIGNS[step.verdict] for step in one.steps]
    sign = min(signs, default=Sign.NONE)
    return Node(f"{one.kind.value} {one.id or ''}", one.name, lines, shapes[one.kind], sign)


def _said(one: Station) -> Iterator[str]:
    for step in one.steps:
        if step.verdict is not Verdict.ALLOWED:
            yield f"{SIGNS[step.verdict].shown()} {printable(step.text)}"


def _told(steps: list[Step], told: list[str]) -> list[str]:
    return [f"{SIGNS[s.verdict].shown()} {text}" for s, text in zip(steps, told, strict=True)]


def _worst(steps: list[Step]) -> Verdict:
    verdicts = {step.verdict for step in steps}
    for one in (Verdict.BLOCKED, Verdict.UNKNOWN):
        if one in verdicts:
            return one
    return Verdict.ALLOWED
