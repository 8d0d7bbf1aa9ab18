"""What every figure is measured against: the least that anybody would have to do."""

from __future__ import annotations

import sys
from pathlib import Path

NOTHING = [sys.executable, "-c", "pass"]
"""An interpreter that starts and ends."""

_READ = "import sys; open(sys.argv[1], 'rb').read()"
_PARSE = "import gc, sys, orjson; gc.disable(); orjson.loads(open(sys.argv[1], 'rb').read())"
_PARSE_SLOWLY = "import json, sys; json.load(open(sys.argv[1], 'rb'))"


def read(path: Path) -> list[str]:
    """Reading the file and nothing else."""
    return [sys.executable, "-c", _READ, str(path)]


def parse(path: Path) -> list[str]:
    """The reference: the fastest untyped parser there is, without the garbage collector."""
    return [sys.executable, "-c", _PARSE, str(path)]


def parse_slowly(path: Path) -> list[str]:
    """What a short script would do."""
    return [sys.executable, "-c", _PARSE_SLOWLY, str(path)]


_MINIMAL = """
from textual.app import App
from textual.widgets import Footer, Header, Static, Tree

class Minimal(App):
    BINDINGS = [("q", "quit", "Quit"), ("j", "down", "Down")]

    def compose(self):
        yield Header()
        yield Tree("servers")
        yield Static("minimal")
        yield Footer()

Minimal().run()
"""


def minimal_interface() -> tuple[str, str]:
    """An interface that shows next to nothing, as options of the interpreter."""
    return "-c", _MINIMAL


def database(path: Path) -> list[str]:
    """DuckDB loading the file and answering seven questions, none of them about reachability."""
    return [sys.executable, "-m", "tests.bench.questions", str(path)]
