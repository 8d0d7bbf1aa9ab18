"""Keeps the user's own files out of the tests of the interface."""

from pathlib import Path

import pytest

from pgtopo.tui import reclaiming
from pgtopo.views import mask


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("PGTOPO_CONFIG", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _same_pseudonyms(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other ones in every run, an address now and then becomes one that a test looks for."""
    monkeypatch.setattr(mask, "new_key", lambda: b"the same in every run")


@pytest.fixture(autouse=True)
def _estates_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test opens an estate; looking through memory each time would take seconds in all."""
    monkeypatch.setattr(reclaiming, "KEPT", 1000)
