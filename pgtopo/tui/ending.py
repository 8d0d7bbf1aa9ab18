"""Leaves the terminal as it was found when the system ends the program, or the terminal is gone."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgtopo.tui.app import PgtopoApp

INTERRUPTED = 130
LOOK_S = 2.0
"""How often is looked whether the terminal is still there."""
GRACE_S = 5.0
"""How long the interface may take to put the terminal back."""
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


def heed(app: PgtopoApp) -> None:
    """End the interface in good order on a signal, and when nobody can see it any more."""
    reads, writes = os.pipe()
    os.set_blocking(writes, False)

    def told(_number: int, _frame: object) -> None:
        try:
            os.write(writes, b"!")
        except BlockingIOError:
            return

    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, told)
    threading.Thread(target=_wait, args=(app, reads), name="ending", daemon=True).start()


def _wait(app: PgtopoApp, reads: int) -> None:
    had_terminal = _has_terminal()  # in a browser there is none
    while _has_terminal() or not had_terminal:
        if select.select([reads], [], [], LOOK_S)[0]:
            break
    late = threading.Timer(GRACE_S, os._exit, (INTERRUPTED,))
    late.daemon = True
    late.start()
    try:
        app.call_from_thread(app.exit, return_code=INTERRUPTED)
    except RuntimeError:  # it has not begun
        os._exit(INTERRUPTED)


def _has_terminal() -> bool:
    """Whether the terminal that was there at the start has not hung up."""
    try:
        return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())
    except (OSError, ValueError):
        return False
