"""Drives pgtopo in a real terminal: a tmux of its own that nobody else's is touched by."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PATIENCE_S = 60.0
_TYPED = ("enter keep  esc drop", "enter take  esc leave")
"""What the last line says while something is typed: into the filter, or as an answer."""
_PAUSES_S = {"Escape": 0.3, "Enter": 0.3, "C-u": 0.3}
"""A key right behind escape would be taken for alt and that key; a line is left after enter."""
TMUX = shutil.which("tmux")


class Tmux:
    """One window with a program in it."""

    def __init__(self, folder: Path, *arguments: str, size: tuple[int, int] = (120, 40)) -> None:
        self._socket = str(folder / "tmux.socket")
        self._folder = folder
        width, height = size
        self._run(
            *("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height)),
            *("-c", str(folder)),
            *(sys.executable, "-m", "pgtopo", *arguments),
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        foreign = ("TMUX", "TMUX_PANE", "COLUMNS", "LINES", "NO_COLOR", "PGTOPO_CONFIG")
        kept = {key: value for key, value in os.environ.items() if key not in foreign}
        return kept | {
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "HOME": str(self._folder),
            "XDG_STATE_HOME": str(self._folder / "state"),
            "XDG_CONFIG_HOME": str(self._folder / "config"),
            "XDG_CACHE_HOME": str(self._folder / "cache"),
        }

    def _run(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        assert TMUX is not None
        done = subprocess.run(
            [TMUX, "-S", self._socket, *arguments],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        """Press keys, in tmux' spelling; a text of several letters is typed."""
        for key in keys:
            self._run("send-keys", key)
            time.sleep(_PAUSES_S.get(key, 0.02))

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._run("send-keys", "-l", text)

    def fill(self, key: str, text: str) -> None:
        """Open a line with a key, replace what is in it, and hand it in."""
        self.keys(key)
        self._until_typed(is_open=True)
        self.keys("C-u")
        self.type(text)
        if text:
            self.sees(text)
        self._run("send-keys", "Enter")
        self._until_typed(is_open=False)

    def _until_typed(self, *, is_open: bool) -> None:
        """Wait until a line takes what is typed, or no longer does."""
        end = time.monotonic() + PATIENCE_S
        while any(text in self.screen() for text in _TYPED) is not is_open:
            assert time.monotonic() < end, self.screen()
            time.sleep(0.1)

    def answer(self, question: str, text: str) -> None:
        """Answer a question that was asked."""
        self.sees(question, _TYPED[1])
        self.type(text)
        self.sees(text)
        self._run("send-keys", "Enter")

    def screen(self) -> str:
        """What is on the screen."""
        return self._run("capture-pane", "-p")

    def sees(self, *wanted: str) -> str:
        """Wait until every text is on the screen; returns the screen."""
        end = time.monotonic() + PATIENCE_S
        while True:
            screen = self.screen()
            lacking = [text for text in wanted if text not in screen]
            if not lacking:
                return screen
            assert time.monotonic() < end, f"{lacking} never came:\n{screen}"
            time.sleep(0.1)

    def until_gone(self) -> None:
        """Wait until the program has ended."""
        end = time.monotonic() + PATIENCE_S
        while self.screen():
            assert time.monotonic() < end, self.screen()
            time.sleep(0.1)

    def close(self) -> None:
        """End it."""
        self._run("kill-server")
