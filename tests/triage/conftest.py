"""Triage is tested through the command line as well, and on screen."""

import pytest

from pgtopo.tui import reclaiming
from tests.cli.conftest import cli

__all__ = ["cli"]


@pytest.fixture(autouse=True)
def _estates_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking through memory for every estate that is opened would take seconds in all."""
    monkeypatch.setattr(reclaiming, "KEPT", 1000)
