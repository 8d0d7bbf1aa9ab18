"""The interface and a terminal that goes away, or a system that wants it to end."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.program import HEALTHY
from tests.thorough import some
from tests.tui.terminal import Terminal

PATIENCE_S = 120.0
RESTORED = b"\x1b[?1049l"
"""Leaves the other screen, so that the shell's text is back."""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    made = Terminal([str(HEALTHY)])
    made.until("server")
    yield made
    made.close()


def end_of(terminal: Terminal) -> int | None:
    """The exit code, once it has ended."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        ended, status = os.waitpid(terminal.pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if not terminal.read(0.05):
            time.sleep(0.01)  # a terminal that is gone has always nothing to read, at once
    return None


@pytest.mark.parametrize("number", some([signal.SIGTERM, signal.SIGINT], 2))
def test_a_signal_leaves_the_terminal_as_it_was(terminal: Terminal, number: signal.Signals) -> None:
    os.kill(terminal.pid, number)
    assert end_of(terminal) == 130
    assert RESTORED in terminal.seen


@pytest.mark.parametrize("is_ignored", [False, True], ids=["hang-up", "no hang-up is heard"])
def test_the_terminal_is_gone(
    is_ignored: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    before = signal.getsignal(signal.SIGHUP)
    if is_ignored:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        terminal = Terminal([str(HEALTHY)])
    finally:
        signal.signal(signal.SIGHUP, before)
    terminal.until("server")
    terminal.hang_up()
    assert end_of(terminal) == 130
