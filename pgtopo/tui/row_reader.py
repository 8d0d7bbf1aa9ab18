"""Reads the row of what is selected behind the screen, one at a time."""

import threading

from textual.app import App
from textual.message import Message

from pgtopo.model.ids import ArmId
from pgtopo.views import raw
from pgtopo.views.desk import Desk

_KEPT = 50


class RowRead(Message):
    """A row can be shown."""


class RowReader:
    """Fills the desk's rows for one app."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._thread: threading.Thread | None = None

    def want(self, desk: Desk, arm_id: ArmId) -> None:
        """Read a row unless it is there, or another is being read; the app asks again then."""
        if arm_id in desk.rows or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=self._read, args=(desk, arm_id), daemon=True)
        self._thread.start()

    def _read(self, desk: Desk, arm_id: ArmId) -> None:
        lines = raw.row(desk, arm_id)
        while len(desk.rows) >= _KEPT:
            del desk.rows[next(iter(desk.rows))]
        desk.rows[arm_id] = lines
        self._thread = None
        self._app.post_message(RowRead())
