"""What a clean interpreter loads: nothing heavy where it is not used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.thorough import THOROUGH

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "pgtopo"
HEAVY = {"textual", "rich", "azure", "msal", "netaddr", "diskcache", "platformdirs"}
HEADLESS = (
    "model",
    "sources",
    "analysis",
    "probe",
    "docs",
    "checks",
    "triage",
    "views",
    "reports",
    "session",
    "errors",
    "folders",
    "cli",
)

DOOR_TO_AZURE = "pgtopo.sources.azure.sdk."
"""Imported when Azure is asked, and not before."""


def loaded_by(code: str) -> set[str]:
    """The top-level modules a clean interpreter has loaded after running some code."""
    program = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def modules_of(part: str) -> list[str]:
    if (PACKAGE / f"{part}.py").exists():
        return [f"pgtopo.{part}"]
    found = (PACKAGE / part).rglob("*.py")
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found]
    return sorted(
        name.removesuffix(".__init__") for name in names if not name.startswith(DOOR_TO_AZURE)
    )


#: Parts that may load one of them, because that is what they are for.
ALLOWED: dict[str, set[str]] = {"sources": {"diskcache"}}
PLAIN = [part for part in HEADLESS if part not in ALLOWED]
#: What parts load together, each of them loads alone at the most.
TOGETHER = [[part] for part in HEADLESS] if THOROUGH else [list(ALLOWED), PLAIN]


@pytest.mark.parametrize("parts", TOGETHER, ids="-".join)
def test_headless_parts_load_nothing_heavy(parts: list[str]) -> None:
    names = [name for part in parts for name in modules_of(part)]
    assert len(names) >= len(parts)
    loaded = loaded_by("\n".join(f"import {name}" for name in names))
    tops = {name.partition(".")[0] for name in loaded}
    allowed = set().union(*(ALLOWED.get(part, set()) for part in parts))
    assert not tops & (HEAVY - allowed)


def test_every_top_level_part_is_known_here() -> None:
    parts = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert parts - {"__init__", "__main__", "tui"} == set(HEADLESS)


def test_the_version_is_told_without_loading_a_parser() -> None:
    loaded = loaded_by("from pgtopo.cli.main import main; main(['--version'])")
    assert not loaded & {"argparse", "msgspec", "pathlib", "typing", "pgtopo.session"}


def test_a_verb_loads_no_other_verb() -> None:
    loaded = loaded_by("from pgtopo.cli.main import main; main(['demo', '--path'])")
    assert "pgtopo.cli.commands.demo" in loaded
    assert not loaded & {"pgtopo.cli.commands.check", "pgtopo.cli.commands.list", "msgspec"}


def test_the_overview_loads_no_estate() -> None:
    loaded = loaded_by("from pgtopo.cli.main import main; main(['--help'])")
    assert not loaded & {"msgspec", "pgtopo.model.topology", "pgtopo.sources.load"}


def test_files_are_read_without_loading_the_cache() -> None:
    loaded = loaded_by("import pgtopo.sources.load, pgtopo.sources.cache.store")
    assert not loaded & {"diskcache", "sqlite3", "azure"}


def test_the_first_frame_loads_nothing_that_shows_an_estate() -> None:
    loaded = loaded_by("import pgtopo.tui.start_up as s; s.app_for(())")
    shown = {"tree", "problems", "grid", "map", "triage", "changes"}
    assert not loaded & {f"pgtopo.tui.panes.{name}" for name in shown}
    assert not loaded & {"hashlib", "pgtopo.tui.furniture", "pgtopo.tui.filter_line"}
