"""Estates that are read again and again do not pile up in memory."""

from __future__ import annotations

import weakref

import pytest

from pgtopo.session import open_files
from pgtopo.tui import reclaiming
from tests.tui.screen import HEALTHY


def test_only_the_estate_on_show_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reclaiming, "KEPT", 1)
    seen = []
    for _ in range(4):
        reclaiming.reclaim()
        session = open_files([HEALTHY])
        session.dns()
        reclaiming.remember(session.topology)
        seen.append(weakref.ref(session.topology))
        del session
    assert not any(one() for one in seen[:2])
