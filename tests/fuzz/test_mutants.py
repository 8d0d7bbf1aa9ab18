"""A few hundred mutants; `PGTOPO_MUTANTS` asks for more, `python -m tests.fuzz` for very many."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fuzz.campaign import tried

MUTANTS = int(os.environ.get("PGTOPO_MUTANTS", "200"))
BATCH = 20


@pytest.mark.parametrize("first", range(0, MUTANTS, BATCH))
def test_nothing_crashes_or_contradicts_itself(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGTOPO_CONFIG", str(tmp_path / "none.toml"))
    outcomes = [tried(number, tmp_path) for number in range(first, first + BATCH)]
    assert [one for one in outcomes if one.fault] == []
    assert any(one.is_open for one in outcomes)
