"""Files and functions stay short enough to be read in one go, and are named for what they hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "stuff"}


def sources() -> list[Path]:
    found = [path for folder in ("pgtopo", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert len(found) > 50
    return found


def test_no_file_is_longer_than_one_sitting_reads() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({length} lines)"
        for path in sources()
        for node, length in functions(path)
        if length > LONGEST_FUNCTION
    ]
    assert not long


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """The functions of a file; none where the whole file is shorter than one may be."""
    text = path.read_text()
    if text.count("\n") <= LONGEST_FUNCTION:
        return
    for node in statements(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement below a node; there is no function inside of an expression."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, name, ())
        for one in inner if isinstance(inner, list) else ():
            yield one
            yield from statements(one)


def test_no_module_is_a_drawer_for_anything() -> None:
    named = [path for path in sources() if path.stem in BANNED]
    assert not named
