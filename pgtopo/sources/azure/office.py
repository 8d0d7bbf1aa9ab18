"""Hands work out and takes results in, so that one thread alone keeps the books."""

import threading
from collections.abc import Callable

from pgtopo.errors import AuthError
from pgtopo.sources.azure.asking import Fault, Why
from pgtopo.sources.azure.crew import Crew
from pgtopo.sources.azure.meter import Meter
from pgtopo.sources.azure.pacing import Stopped

Entry = Callable[[], None]
"""Something to be done by the thread that keeps the books."""
_PATIENCE = 0.1
SIZE = 8
"""Requests under way at once."""


class Office:
    """Where the threads that ask meet the one that keeps the books."""

    def __init__(self, meter: Meter, cancel: threading.Event, halt: threading.Event) -> None:
        self._crew: Crew[Entry] = Crew(SIZE)
        self._meter = meter
        self._cancel = cancel
        self._halt = halt
        self._open = 0
        self.lost: AuthError | None = None
        """Why nobody is logged in any more."""

    def say(self, entry: Entry) -> None:
        """Have something entered; called by the threads that ask."""
        self._crew.say(entry)

    def note(self, text: str) -> None:
        """Tell the listener something; called by the threads that ask."""
        self._crew.say(lambda: self._meter.tell(text))

    def have(self, work: Callable[[], Entry], failed: Callable[[Fault], None]) -> None:
        """Have something asked; its result, or its failure, is entered when it is there."""

        def run() -> None:
            try:
                entry = work()
            except Fault as fault:
                self._crew.say(lambda fault=fault: self._end(lambda: self._failed(fault, failed)))  # type: ignore[misc]
            except AuthError as error:
                self._crew.say(lambda error=error: self._end(lambda: self._lose(error, failed)))  # type: ignore[misc]
            else:
                self._crew.say(lambda: self._end(entry))

        self._open += 1
        self._meter.parts_total += 1
        self._crew.submit(run)

    def finish(self) -> None:
        """Enter what comes in until all work that was handed out is done.

        Raises:
            Stopped: where the collection was cancelled, or nobody is logged in any more.
        """
        while self._open:
            if self._cancel.is_set():
                self._halt.set()
            if self._halt.is_set():
                raise Stopped
            entry = self._crew.hear(_PATIENCE)
            if entry is not None:
                entry()
            self._meter.tick()
        if self._halt.is_set():
            raise Stopped

    def close(self) -> None:
        """Let the threads go; what they still bring is not wanted."""
        self._halt.set()
        self._crew.dismiss()

    def _end(self, entry: Entry) -> None:
        self._open -= 1
        self._meter.parts_done += 1
        entry()

    def _failed(self, fault: Fault, failed: Callable[[Fault], None]) -> None:
        failed(fault)
        if fault.why is Why.EXPIRED:
            self.lost = AuthError(
                "Azure takes the login no more", "log in again, then 'pgtopo collect --resume FILE'"
            )
            self._halt.set()

    def _lose(self, error: AuthError, failed: Callable[[Fault], None]) -> None:
        self.lost = error
        failed(Fault(Why.EXPIRED, error.message))
        self._halt.set()
