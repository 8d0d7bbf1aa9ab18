"""Tells how far a load has come, and lets it be cancelled."""

import time
from collections.abc import Callable

import msgspec

from pgtopo.errors import Cancelled

_INTERVAL = 0.05


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a load has come."""

    file: str
    bytes_done: int
    bytes_total: int
    """Of all files together; 0 where nobody knows, as for standard input."""
    rows: int


Listener = Callable[[Progress], bool | None]
"""Is told at most every 50 ms; returning False cancels the load."""


def _none() -> int:
    return 0


class Meter:
    """Counts bytes and rows over all files of a load."""

    def __init__(self, listener: Listener | None = None, total: int = 0) -> None:
        self._listener = listener
        self._total = total
        self._next = 0.0
        self._before = 0
        """Bytes of the files that are done."""
        self._at = 0
        self.file = ""
        self.rows_before = 0
        self.count: Callable[[], int] = _none
        """Rows of the file at hand."""

    def start(self, file: str, count: Callable[[], int]) -> None:
        """Begin with a file; `count` tells its rows so far."""
        self.rows_before += self.count()
        self.file = file
        self.count = count
        self._at = 0

    def finish(self, size: int) -> None:
        """A file is done."""
        self._before += size
        self._at = 0
        # Whoever counts holds all that was read; so it must not be held here any longer.
        self.rows_before += self.count()
        self.count = _none

    def at(self, done: int) -> None:
        """So many bytes of the file at hand were read.

        Raises:
            Cancelled: where the listener says so.
        """
        self._at = done
        if self._listener is None:
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _INTERVAL
            self.tell()

    def tell(self) -> None:
        """Tell the listener at once.

        Raises:
            Cancelled: where the listener says so.
        """
        if self._listener is None:
            return
        state = Progress(
            file=self.file,
            bytes_done=self._before + self._at,
            bytes_total=self._total,
            rows=self.rows_before + self.count(),
        )
        if self._listener(state) is False:
            raise Cancelled("loading was cancelled")
