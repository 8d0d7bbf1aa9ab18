"""Makes pages that take analysis or reading behind the screen, one at a time, the latest first."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from textual.app import App
from textual.message import Message

from pgtopo.tui import reclaiming
from pgtopo.tui.opening import Crashed

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.detail import Work

_KEPT = 200
"""Pages kept; the oldest go first."""


class PageMade(Message):
    """A page can be shown."""


class Background:
    """Fills the pages of a desk for one app."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._is_busy = False
        self._began = 0.0
        self._next: tuple[Desk, Work] | None = None

    @property
    def seconds(self) -> float:
        """How long the work at hand has taken so far."""
        return time.monotonic() - self._began if self._is_busy else 0.0

    @property
    def is_busy(self) -> bool:
        """Whether a page is being made."""
        return self._is_busy

    def want(self, desk: Desk, work: Work) -> None:
        """Make a page; where another is being made, this one follows, and only the latest does."""
        with self._lock:
            self._next = (desk, work)
            if self._is_busy:
                return
            self._is_busy = True
            self._began = time.monotonic()
        threading.Thread(target=self._run, name="pages", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._lock:
                wanted, self._next = self._next, None
                if wanted is None:
                    self._is_busy = False
                    return
            try:
                self._make(*wanted)
            except BaseException as crash:  # noqa: BLE001  handed to the app, which raises it
                self._app.post_message(Crashed(crash))

    def _make(self, desk: Desk, work: Work) -> None:
        if not work.is_page:
            work.make()
            reclaiming.settle()
        elif work.key not in desk.pages:
            lines = work.make()
            while len(desk.pages) >= _KEPT:
                del desk.pages[next(iter(desk.pages))]
            desk.pages[work.key] = lines
        self._app.post_message(PageMade())
