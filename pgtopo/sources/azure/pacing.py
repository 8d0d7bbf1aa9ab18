"""Keeps requests within what Azure allows, for all threads together, and waits cancellably."""

import random
import threading
import time
from collections import deque
from collections.abc import Mapping

import msgspec

from pgtopo.sources.azure.answers import quota_left, resets_after


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """How patient a collection is."""

    second: float = 1.0
    """How long a second of waiting takes; less where nobody is to be spared."""
    tries: int = 6
    """How often a request is sent before it counts as failed."""
    connecting_tries: int = 3
    """The same where not even a connection is made: that seldom passes by itself."""
    throttled_tries: int = 10
    """The same where Azure asks to slow down."""
    first_pause: float = 1.0
    longest_pause: float = 30.0
    longest_wait: float = 120.0
    """A longer wait than this is not waited for."""
    connect_timeout: float = 10.0
    read_timeout: float = 60.0


USUAL = Timing()
"""How patient a collection is where nothing else is said."""


class Stopped(Exception):
    """Nobody waits for the result any more."""


class Pacer:
    """Lets so many requests start in any window of so many seconds.

    Azure rule: 15 Resource Graph queries per 5 seconds and user; the answers' headers tell how
    many are left and when the window is over ("Guidance for throttled requests in Azure Resource
    Graph", Microsoft Learn). Parallel queries share one pacer, and a pause holds all of them.
    """

    def __init__(self, limit: int, window: float, timing: Timing, cancel: threading.Event) -> None:
        self._limit = limit
        self._window = window * timing.second
        self._second = timing.second
        self._cancel = cancel
        self._lock = threading.Lock()
        self._starts: deque[float] = deque()
        self._not_before = 0.0
        self.quota_left: int | None = None
        """As the last answer said."""

    def take(self) -> None:
        """Wait until a request may start.

        Raises:
            Stopped: where the collection was cancelled meanwhile.
        """
        while True:
            pause = self._reserve()
            if pause <= 0:
                return
            self.sleep(pause)

    def _reserve(self) -> float:
        """Take a place in the window; else the seconds until there may be one."""
        if self._cancel.is_set():
            raise Stopped
        with self._lock:
            now = time.monotonic()
            if now < self._not_before:
                return self._not_before - now
            while self._starts and self._starts[0] <= now - self._window:
                self._starts.popleft()
            if len(self._starts) >= self._limit:
                return self._starts[0] + self._window - now
            self._starts.append(now)
            return 0.0

    def hold(self, seconds: float) -> None:
        """Let no request start for a while; a little longer for some, so that they spread."""
        spread = random.uniform(0, 0.2 * seconds)  # noqa: S311  nothing secret about it
        until = time.monotonic() + (seconds + spread) * self._second
        with self._lock:
            self._not_before = max(self._not_before, until)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take note of the quota an answer tells of."""
        left = quota_left(headers)
        if left is None:
            return
        self.quota_left = left
        if left <= 0:
            self.hold(min(resets_after(headers) or 1.0, 10.0))

    def sleep(self, seconds: float) -> None:
        """Wait.

        Raises:
            Stopped: where the collection was cancelled meanwhile.
        """
        if self._cancel.wait(seconds):
            raise Stopped

    @property
    def held_for(self) -> float:
        """Seconds for which nothing may start; 0 where nothing holds."""
        return max(0.0, self._not_before - time.monotonic())
