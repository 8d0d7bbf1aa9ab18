"""The README's generated tables are what the program knows today."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgtopo.cli import readme
from pgtopo.errors import UsageError

README = Path(__file__).resolve().parents[2] / "README.md"


def test_generated_tables_are_fresh() -> None:
    text = README.read_text()
    assert readme.refreshed(text) == text, "run: pgtopo checks --write-readme README.md"


@pytest.mark.parametrize("name", readme.BLOCKS)
def test_a_missing_marker_is_told(name: str) -> None:
    text = README.read_text().replace(f"<!-- begin {name} -->", "")
    with pytest.raises(UsageError, match=name):
        readme.refreshed(text)
