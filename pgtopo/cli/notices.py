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


def is_watched() -> bool:
    """Whether somebody sees standard error as it is written."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False


def passing(text: str) -> None:
    """A line that the next one replaces, for somebody who watches; an empty one only clears."""
    if not is_watched():
        return
    import shutil

    width = max(shutil.get_terminal_size().columns - 1, 10)
    try:
        sys.stderr.write(f"\r\x1b[2K{printable(text)[:width]}")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def _line(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # nobody listens, and the exit code still speaks
