"""Counts what a collection has done, and tells it as it goes."""

import time

from pgtopo.sources.azure.pacing import Pacer
from pgtopo.sources.azure.request import Listener, Progress, Stage

_INTERVAL = 0.1


class Meter:
    """The state of a collection; used by the thread that keeps the books only."""

    def __init__(self, listener: Listener | None, pacer: Pacer) -> None:
        self._listener = listener
        self._pacer = pacer
        self._start = time.monotonic()
        self._next = 0.0
        self._told: Stage | None = None
        self.stage = Stage.LOGIN
        self.query = ""
        self.page = 0
        self.parts_done = 0
        self.parts_total = 0
        self.rows = 0
        self.bytes = 0
        self.requests = 0
        self.failed = 0

    def came(self, query: str, page: int, rows: int, size: int) -> None:
        """A page or list came in."""
        self.query, self.page = query, page
        self.rows += rows
        self.bytes += size
        self.requests += 1
        self.tick()

    def tick(self) -> None:
        """Tell how far it is, but not too often; a new stage at once."""
        if self.stage is not self._told or time.monotonic() >= self._next:
            self.tell()

    def tell(self, note: str = "") -> None:
        """Tell how far it is."""
        self._next = time.monotonic() + _INTERVAL
        self._told = self.stage
        if self._listener is None:
            return
        self._listener(
            Progress(
                stage=self.stage,
                query=self.query,
                page=self.page,
                parts_done=self.parts_done,
                parts_total=self.parts_total,
                rows=self.rows,
                bytes=self.bytes,
                requests=self.requests,
                elapsed=time.monotonic() - self._start,
                quota_left=self._pacer.quota_left,
                waiting=self._pacer.held_for,
                failed=self.failed,
                note=note,
            )
        )
