"""Runs work on a few threads and hands what they say to the one thread that keeps the books.

The threads are daemons: a request that hangs must keep neither the caller nor the program.
"""

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from pgtopo.sources.azure.pacing import Stopped

T = TypeVar("T")
Work = Callable[[], None]


class Crew(Generic[T]):
    """Threads with a common list of work and a common inbox."""

    def __init__(self, size: int) -> None:
        self._work: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._inbox: queue.SimpleQueue[T | BaseException] = queue.SimpleQueue()
        self._size = size
        self._threads: list[threading.Thread] = []

    def submit(self, work: Work) -> None:
        """Have something done; threads start as there is work for them."""
        self._work.put(work)
        if len(self._threads) < self._size:
            thread = threading.Thread(target=self._run, name="pgtopo-azure", daemon=True)
            self._threads.append(thread)
            thread.start()

    def say(self, message: T) -> None:
        """Tell the caller something; called by the work."""
        self._inbox.put(message)

    def hear(self, seconds: float) -> T | None:
        """What was said next; None where nothing was said in time.

        Raises:
            BaseException: what some work raised, which is a bug.
        """
        try:
            message = self._inbox.get(timeout=seconds)
        except queue.Empty:
            return None
        if isinstance(message, BaseException):
            raise message
        return message

    def dismiss(self) -> None:
        """Let the threads end when their present work is done."""
        for _ in self._threads:
            self._work.put(None)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            try:
                work()
            except Stopped:
                continue
            except BaseException as failure:  # noqa: BLE001  a bug surfaces where it is seen
                self._inbox.put(failure)
                return
