"""The signals that ask a program to end, all taken like an interrupt from the keyboard."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

Handler = Callable[[int, FrameType | None], object]


def heed() -> None:
    """Let a wish to end interrupt the work, so that nothing half written stays behind."""
    for number in _heeded():
        signal.signal(number, signal.default_int_handler)


@contextmanager
def heeding(handler: Handler) -> Iterator[None]:
    """Let something else happen on these signals for a while."""
    before = {number: signal.signal(number, handler) for number in _heeded()}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former if former is not None else signal.SIG_DFL)


def _heeded() -> list[int]:
    """Those there are here; what the caller wants ignored (`nohup`) stays so."""
    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    return [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]
