"""Pages of documentation say what is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pgtopo import docs
from pgtopo.analysis.assumptions import ASSUMPTIONS
from pgtopo.cli import topics, verbs
from pgtopo.sources import settings_file
from pgtopo.views.style import PLAIN
from tests.cli.conftest import Cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(Path(docs.__path__[0]).glob("*.md"))
WORDS = {*verbs.names(), *topics.names()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_a_topic(cli: Cli, page: Path) -> None:
    ran = cli("help", page.stem)
    assert ran.code == 0
    assert ran.text.startswith(page.read_text().splitlines()[0].removeprefix("# "))
    assert "```" not in ran.text
    assert topics.about(page.stem) in cli("help").text
    assert all(len(line) <= 100 for line in page.read_text().splitlines())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_in_pages_exist(page: Path) -> None:
    named = set(re.findall(r"pgtopo ([a-z][a-z-]+)", page.read_text()))
    topic = set(re.findall(r"pgtopo help ([a-z][a-z-]+)", page.read_text()))
    prose = {"from", "reads", "does", "needs", "folder"}
    assert named - prose <= {*verbs.names()}
    assert topic <= WORDS


def test_the_settings_in_the_concepts_are_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(docs.__path__[0]) / "concepts.md").read_text()
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(example)
    monkeypatch.setenv(settings_file.VARIABLE, str(path))
    assert settings_file.read().unknown == ()
    assert set(tomllib.loads(example)["assumptions"]) <= set(ASSUMPTIONS)


def test_the_drawn_layers_are_the_ones_that_are_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    held = next(one["layers"] for one in contracts["contracts"] if one["name"] == "layers")
    words = [word.strip() for layer in held for word in layer.split("|")]
    drawn = "\n".join(topics.lines("architecture", PLAIN))
    found = [word for word in words if re.search(rf"(^|\s){word}\s{{2,}}", drawn)]
    assert found == [word for word in words if word != "docs"]
