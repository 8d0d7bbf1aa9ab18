"""Estates that are read again and again do not pile up in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tui.screen import HEALTHY

ROOT = Path(__file__).resolve().parents[2]
OPENED_AGAIN = """
import sys, weakref
from pgtopo.session import open_files
from pgtopo.tui import reclaiming

seen = []
for _ in range(4):
    reclaiming.reclaim()
    session = open_files([sys.argv[1]])
    session.dns()
    reclaiming.remember(session.topology)
    seen.append(weakref.ref(session.topology))
    del session
print(*(one() is not None for one in seen))
"""


def test_only_the_estate_on_show_stays() -> None:
    """In a process of its own, whose memory holds no other test's estates to look through."""
    ran = subprocess.run(
        [sys.executable, "-c", OPENED_AGAIN, HEALTHY],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    there = ran.stdout.split()
    assert len(there) == 4
    assert there[:2] == ["False", "False"]
