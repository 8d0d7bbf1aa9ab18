"""The kept inputs, tried again; `python -m tests.fuzz.guided all` looks for new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.guided.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
LARGEST = 300_000


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_kept_breaks_nothing(name: str) -> None:
    kept = sorted((CORPUS / name).iterdir())
    assert kept
    for path in kept:
        TARGETS[name](path.read_bytes())


def test_what_is_kept_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < LARGEST
