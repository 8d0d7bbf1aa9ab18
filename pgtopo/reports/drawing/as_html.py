"""The map as one page: the picture, then every link and box as tables that can be searched."""

from collections.abc import Iterator
from html import escape

from pgtopo.reports.drawing.document import Picture
from pgtopo.reports.drawing.framed import framed
from pgtopo.reports.drawing.svg import svg
from pgtopo.reports.html_page import END, begin, text
from pgtopo.views.map.graph import Graph
from pgtopo.views.signs import Sign
from pgtopo.views.style import Style

FORMAT = "html"

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1f2328;background:#fff}
svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:.5rem 0 1.5rem}
td,th{border:1px solid #818b9866;padding:.25rem .6rem;text-align:left;vertical-align:top}
td{white-space:pre-line;unicode-bidi:isolate}
@media (prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(picture: Picture, style: Style) -> bytes:
    """The page; nothing in it runs, and it loads nothing."""
    return ("\n".join(_lines(picture)) + "\n").encode("utf-8", "xmlcharrefreplace")


def _lines(picture: Picture) -> Iterator[str]:
    yield from begin(picture.title, _POLICY, _STYLE)
    yield f"<h1>{text(picture.title)}</h1>"
    yield svg(framed(picture), picture.title).rstrip("\n")
    yield from _edges(picture.graph)
    yield from _nodes(picture.graph)
    yield END


def _edges(graph: Graph) -> Iterator[str]:
    names = {node.key: node.title for node in graph.nodes}
    shown = [edge for edge in graph.edges if edge.state is not None or edge.verdict is not None]
    if not shown:
        return
    word = "steps" if graph.is_path else "links"
    yield f"<h2>{word.capitalize()}</h2><table><tr><th>from</th><th>to</th><th>state</th></tr>"
    for edge in shown:
        state = f"{edge.state.look.sign} {edge.state.value}" if edge.state is not None else ""
        told = "\n".join(part for part in (state, edge.label) if part)
        yield _row(names[edge.a], names[edge.b], told)
    yield "</table>"


def _nodes(graph: Graph) -> Iterator[str]:
    yield "<h2>Boxes</h2><table><tr><th></th><th>name</th><th>what is in it</th><th>id</th></tr>"
    for node in graph.nodes:
        mark = node.sign.shown().strip() if node.sign is not Sign.INFO else ""
        yield _row(mark, node.title, "\n".join(node.lines), node.id)
    yield "</table>"


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
