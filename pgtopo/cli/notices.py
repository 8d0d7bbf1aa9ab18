"""The only writer of standard error: what was looked at, what to know, what went wrong."""

import sys

from pgtopo.views.literal import printable


def say(text: str) -> None:
    """One line for the person at the keyboard."""
    _line(printable(text))


def warn(text: str) -> None:
    """One line about something that does not stop the run but may surprise."""
    _line(printable(f"pgtopo: warning: {text}"))


def error(message: str, hint: str = "") -> None:
    """One line of cause, and one line that says what to do about it."""
    _line(printable(f"pgtopo: error: {message}"))
    if hint:
        _line(printable(f"pgtopo: hint: {hint}"))


def crash(trace: str) -> None:
    """A traceback, where it was asked for."""
    for line in trace.splitlines():
        _line(printable(line))


def _line(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # nobody listens, and the exit code still speaks
