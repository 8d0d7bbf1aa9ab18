"""Runs pgtopo in a pseudo-terminal: for what only shows in the bytes a terminal is sent."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

SIZE = (120, 40)
PATIENCE_S = 600.0
QUIET_S = 0.08
"""An answer is over when nothing was written for so long."""
_END = b"\x1b[?2026l"
"""What Textual writes behind every frame."""


class Terminal:
    """The interface, in a pseudo-terminal."""

    def __init__(
        self,
        arguments: list[str],
        size: tuple[int, int] = SIZE,
        program: tuple[str, str] = ("-m", "pgtopo"),
    ) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execv(sys.executable, [sys.executable, *program, *arguments])
        self.resize(*size)
        self.seen = b""
        """The end of what was written."""

    def resize(self, width: int, height: int) -> None:
        """Make the window bigger or smaller."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        if hasattr(self, "seen"):
            os.kill(self.pid, signal.SIGWINCH)

    def send(self, keys: bytes) -> None:
        """Press keys without waiting."""
        os.write(self._fd, keys)

    def read(self, timeout: float) -> bytes:
        """What was written within a time; nothing where it stayed quiet."""
        ready, _, _ = select.select([self._fd], [], [], timeout)
        if not ready:
            return b""
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return b""
        if b"\x1b[?2026$p" in data:
            os.write(self._fd, b"\x1b[?2026;2$y")
        self.seen = (self.seen + data)[-200_000:]
        return data

    def drain(self, seconds: float) -> bytes:
        """Everything that is written within a time."""
        end = time.monotonic() + seconds
        found = b""
        while (left := end - time.monotonic()) > 0:
            found += self.read(left)
        return found

    def until(self, wanted: str) -> float:
        """Wait until a pattern was written; returns the seconds."""
        began = time.monotonic()
        pattern = re.compile(wanted.encode())
        while not pattern.search(self.seen):
            self.read(0.5)
            if time.monotonic() - began > PATIENCE_S or not self.is_alive():
                raise TimeoutError(f"{wanted} never came: {self.seen[-2000:]!r}")
        return time.monotonic() - began

    def rest(self) -> None:
        """Wait until nothing is written any more."""
        while self.read(0.5):
            pass
        self.seen = b""

    def press(self, key: bytes) -> float:
        """Press a key; the milliseconds until its first frame was written.

        Less than nothing where nothing was written, because nothing on the screen changes.
        """
        while self.read(0.0):
            pass
        began = time.perf_counter()
        os.write(self._fd, key)
        took = self.frame(began)
        while took >= 0 and self.read(QUIET_S):
            pass
        return took

    def frame(self, began: float, patience: float = 2.0) -> float:
        """The milliseconds from a time until a frame was written; less than nothing for none."""
        answer = b""
        while _END not in answer:
            data = self.read(patience)
            if not data:
                return -1.0
            answer += data
        return (time.perf_counter() - began) * 1000

    def is_alive(self) -> bool:
        """Whether the interface still runs."""
        return os.waitpid(self.pid, os.WNOHANG) == (0, 0)

    def memory(self) -> tuple[int, int]:
        """Megabytes held now, and at most so far."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+)[\s\S]*VmRSS:\s+(\d+)", text)
        assert found is not None
        return int(found[2]) // 1024, int(found[1]) // 1024

    def hang_up(self) -> None:
        """Take the terminal away; there is nothing more to read."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDWR)

    def close(self) -> None:
        """Leave."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return
