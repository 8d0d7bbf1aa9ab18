"""The map in each format: it parses, it is the same again, and names act in none of them."""

import re
import shutil
import subprocess
from functools import cache
from xml.etree import ElementTree

import pytest

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.path.trace import trace
from pgtopo.model.server import FlexibleServer
from pgtopo.reports import registry
from pgtopo.reports.drawing.as_dot import quoted as dot_quoted
from pgtopo.reports.drawing.as_mermaid import _comment
from pgtopo.reports.drawing.as_mermaid import quoted as mermaid_quoted
from pgtopo.reports.drawing.document import Picture, of_path, of_scene
from pgtopo.views.map.around import around
from pgtopo.views.map.whole import whole
from pgtopo.views.style import PLAIN
from tests.estates.world import World
from tests.views.map import estate

FORMATS = registry.formats("drawing")
NAMES = (
    'a"]; x [label="y',
    "a<b>&amp;<script>alert(1)</script>",
    "a`%%{init: {}}%%`",
    "1. list",
    "- list",
    "a\\N\\l\\",
    "a\x1b[31m\u202e\u200b",
    "end",
    "日本語 😀",
    "a;b#35;|c--x{d}",
    "]]></text>",
)


@cache
def hostile() -> World:
    made = World()
    hub = made.vnet(NAMES[0], "10.0.0.0/16")
    for at, name in enumerate(NAMES[1:], start=1):
        made.peer(hub, made.vnet(name, f"10.{at}.0.0/16"))
    subnet = made.subnet(hub, 'snet "<&', "10.0.1.0/28", delegation="pg")
    made.server('psql"<&>', subnet, None)
    return made


def pictures() -> dict[str, Picture]:
    desk = estate.desk(hostile())
    server = desk.topology.all(FlexibleServer)[0]
    found = trace(desk.facts, find_client(desk.facts, "10.1.2.3"), server)
    return {
        "whole": of_scene(desk, whole(desk)),
        "around": of_scene(desk, around(desk, server.id)),
        "path": of_path(desk.facts, found),
    }


def rendered(kind: str, format_name: str) -> str:
    data = registry.renderer("drawing", format_name).render(pictures()[kind], PLAIN)
    assert isinstance(data, bytes)
    return data.decode()


KINDS = ("whole", "around", "path")


def test_the_formats_there_are() -> None:
    assert FORMATS == ("text", "dot", "drawio", "html", "mermaid", "svg")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_acts_on_a_terminal_and_the_same_comes_again(kind: str, format_name: str) -> None:
    text = rendered(kind, format_name)
    assert text == rendered(kind, format_name)
    assert text.endswith("\n")
    for bad in ("\x1b", "\u202e", "\u200b", "\r"):
        assert bad not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_name", ["svg", "drawio"])
def test_xml_parses_and_holds_the_names_as_text(kind: str, format_name: str) -> None:
    root = ElementTree.fromstring(rendered(kind, format_name))
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert not tags & {"script", "b", "foreignObject", "image", "a"}
    said = "\n".join(
        [*(node.text or "" for node in root.iter()), *(n.get("value", "") for n in root.iter())]
    )
    wanted = 'psql"<&>' if kind == "path" else 'a"]; x [label="y'
    assert wanted in said


def test_svg_needs_nothing_beside_itself_and_suits_dark_pages() -> None:
    text = rendered("whole", "svg")
    assert "prefers-color-scheme:dark" in text
    for outside in ("href", "url(", "@import", "src="):
        assert outside not in text
    assert text.count("http") == 1


def test_html_runs_nothing() -> None:
    text = rendered("whole", "html")
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert text.count("<html") == text.count("</html>") == 1
    assert "&lt;script&gt;alert(1)" in text


_MERMAID = re.compile(
    r"""
    \s*(?:
      ---|title:\ "[\w \-.,:●○◐▲✖✔?]*"|flowchart\ (?:LR|TD)
      |n\d+(?P<left>\[\[|\(\[|\[\(|\{\{|\[|\()"(?P<node>[^"]*)"(?:\]\]|\]\)|\)\]|\}\}|\]|\))
      |n\d+\ (?P<wire>---|===|~~~|-\.-|-->|-\.->|-\.-x|--o|x-\.-x)(?:\|"(?P<label>[^"]*)"\|)?\ n\d+
      |%%\ [\w \-.,:']*
      |classDef\ \w+\ [\w:#,\- ]+|class\ [n\d,]+\ \w+|linkStyle\ [\d,]+\ stroke:\#\w+
    )
    """,
    re.VERBOSE,
)


@pytest.mark.parametrize("kind", KINDS)
def test_mermaid_is_nothing_but_known_statements(kind: str) -> None:
    lines = rendered(kind, "mermaid").splitlines()
    for line in lines:
        found = _MERMAID.fullmatch(line)
        assert found is not None, line
        for text in (found["node"], found["label"]):
            rest = re.sub(r"#\d+;|<br/>", "", text or "")
            assert not set(rest) & set('"#;<>`{}[]|&\\%'), line
    assert lines[3].startswith("flowchart")


def test_a_comment_keeps_its_parts_apart() -> None:
    """A semicolon ends a statement there."""
    assert _comment("Not read: gateways; what they draw is open.").startswith("Not read: gateways,")


@pytest.mark.parametrize("name", NAMES)
def test_a_quoted_name_can_be_read_back(name: str) -> None:
    codes = re.sub(r"#(\d+);", lambda code: chr(int(code[1])), mermaid_quoted(name))
    assert codes == name
    inner = dot_quoted(name)[1:-1]
    assert re.fullmatch(r'(?:[^"\\]|\\.)*', inner, re.DOTALL)
    assert inner.replace("\\\\", "\0").replace('\\"', '"').replace("&amp;", "&") == name.replace(
        "\\", "\0"
    )


@pytest.mark.needs_program
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_graphviz_draws_it(kind: str) -> None:
    done = subprocess.run(
        ["dot", "-Tsvg"],
        input=rendered(kind, "dot").encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    root = ElementTree.fromstring(done.stdout)
    said = "".join(root.itertext())
    assert 'psql"<&>' in said or 'a"]; x [label="y' in said
    assert "<script" not in done.stdout.decode()


def test_a_path_as_a_graph_goes_there_and_back() -> None:
    graph = pictures()["path"].graph
    assert graph.nodes[0].shape.value == "client"
    assert graph.nodes[-1].shape.value == "server"
    assert graph.edges[-1].label.startswith("back")
    assert (graph.edges[-1].a, graph.edges[-1].b) == (graph.nodes[-1].key, graph.nodes[0].key)
