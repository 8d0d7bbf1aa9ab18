"""Every code and assumption in use is listed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import pgtopo.analysis
from pgtopo.analysis.assumptions import ASSUMPTIONS
from pgtopo.analysis.codes import CODES
from pgtopo.analysis.dns_codes import DNS_CODES

FOLDER = Path(pgtopo.analysis.__file__).parent
WORD = re.compile(r"[A-Z][A-Z0-9]+(_[A-Z0-9]+)+")


def _words(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and WORD.fullmatch(node.value)
    }


def test_every_code_in_the_engine_is_listed() -> None:
    known = {*CODES, *ASSUMPTIONS}
    unlisted = {path.name: _words(path) - known for path in FOLDER.rglob("*.py")}
    assert {name: words for name, words in unlisted.items() if words} == {}


def test_every_listed_code_is_in_use() -> None:
    registries = {"codes.py", "dns_codes.py", "assumptions.py"}
    used = {w for p in FOLDER.rglob("*.py") if p.name not in registries for w in _words(p)}
    dynamic = {"OK", "ROUTE_INTERNET", "SQL_TAG"}
    assert set(CODES) - set(DNS_CODES) - used - dynamic - set(ASSUMPTIONS) == set()


@pytest.mark.parametrize("code", sorted(ASSUMPTIONS))
def test_every_assumption_says_what_settles_it(code: str) -> None:
    kind = ASSUMPTIONS[code]
    assert kind.title
    assert kind.default
    assert kind.settle_with
