"""`export` on the command line."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Cli
from tests.tui.screen import CONTOSO


@pytest.mark.parametrize("format_name", ["text", "dot", "drawio", "html", "mermaid", "svg"])
def test_every_format_is_written_and_the_same_again(
    cli: Cli, broken: Path, format_name: str
) -> None:
    ran = cli("export", broken, "--format", format_name)
    assert ran.code == 0
    assert "psql-orders" in ran.text
    assert cli("export", broken, "--format", format_name).out == ran.out
    assert "looked at 1 server, 1 network" in ran.err


def test_the_picture_goes_to_a_file(cli: Cli, sound: Path, tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    ran = cli("export", sound, "--format", "svg", "-o", target)
    assert (ran.code, ran.out) == (0, b"")
    assert ElementTree.parse(target).getroot().tag.endswith("svg")


def test_faults_are_marked_unless_no_checks_are_wanted(cli: Cli, broken: Path) -> None:
    assert "✖ psql-orders" in cli("export", broken, "--format", "text").text
    assert (
        "✖" not in cli("export", broken, "--format", "text", "--no-findings").text.split("─●─")[0]
    )


@pytest.mark.parametrize("name", ["psql-inventory-prod-weu", "vnet-portal-weu", "snet-app-portal"])
def test_the_surroundings_of_one_thing(cli: Cli, name: str) -> None:
    ran = cli("export", CONTOSO, "--focus", name, "--no-findings", "--format", "text")
    assert ran.code == 0
    assert f"around {name}" in ran.text
    assert "vnet-analytics-weu" not in ran.text


def test_one_path_with_the_place_that_blocks(cli: Cli) -> None:
    words = ("--from", "snet-app-portal", "--to", "psql-inventory-prod-weu")
    ran = cli("export", CONTOSO, *words, "--format", "text")
    assert ran.code == 0
    assert "ASYMMETRIC_PATH" in ran.text
    assert "Azure Firewall afw-weu" in ran.text
    graph = cli("export", CONTOSO, *words, "--format", "mermaid").text
    assert "-.-x" in graph


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--focus", "nothing-of-the-kind"), "nothing-of-the-kind"),
        (("--from", "snet-app-portal"), "a path has two ends"),
        (("--to", "psql-app-dev-weu"), "a path has two ends"),
        (("--focus", "x", "--from", "a", "--to", "b"), "exclude each other"),
        (("--from", "nobody", "--to", "psql-app-dev-weu"), "nobody"),
        (("--focus", "internet"), "no server and no network"),
    ],
)
def test_what_cannot_be_drawn_is_a_usage_error(cli: Cli, words: tuple[str, ...], told: str) -> None:
    ran = cli("export", CONTOSO, *words, "--no-findings")
    assert (ran.code, ran.out) == (2, b"")
    assert told in ran.err


def test_nothing_to_draw_is_a_picture_all_the_same(cli: Cli, tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    document = {"format": "pgtopo.snapshot", "version": 1, "coverage": [], "rows": []}
    empty.write_text(json.dumps(document))
    ran = cli("export", empty, "--format", "svg")
    assert ran.code == 0
    assert "Networks were not read" in ran.text
    ElementTree.fromstring(ran.text)
