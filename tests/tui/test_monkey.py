"""Random keys and resizes: nothing breaks, nothing hangs, nothing stray reaches the terminal.

A few seconds by default; `PGTOPO_MONKEY_SECONDS=600` for ten minutes each.
"""

import json
import os
import random
import re
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pgtopo.tui.app import PgtopoApp
from pgtopo.tui.keys import ACTIONS
from tests.thorough import THOROUGH
from tests.tui.screen import on_demo, opened, text_of
from tests.tui.terminal import Terminal
from tests.views.test_hostile_views import hostile

SECONDS = float(os.environ.get("PGTOPO_MONKEY_SECONDS", "4" if THOROUGH else "2"))
SEED = int(os.environ.get("PGTOPO_MONKEY_SEED", "20261122"))

KEYS = sorted(
    {key for action in ACTIONS for key in action.keys if action.name != "quit"}
    - {"ctrl+q", "ctrl+c", "ctrl+z", "ctrl+b", "ctrl+p", "colon"}
)
TYPED = [*"psl-1.0/!~:", "backspace", "delete", "left", "right"]
SIZES = ((80, 24), (120, 40), (200, 60), (60, 16), (59, 15), (20, 5), (1, 1), (300, 20))
OFTEN = ("down", "j", "enter", "tab", "escape", "full_stop")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


async def play(app: PgtopoApp, pilot: Pilot[None], chance: random.Random) -> None:
    """Press and resize at random, and look at the screen now and then."""
    end = time.monotonic() + SECONDS
    pressed: list[str] = []
    while time.monotonic() < end:
        if chance.random() < 0.04:
            await pilot.resize_terminal(*chance.choice(SIZES))
        key = chance.choice(chance.choice((KEYS, OFTEN, TYPED)))
        pressed.append(key)
        await pilot.press(key)
        assert app.return_code is None, pressed[-20:]
        if len(pressed) % 10 == 0:
            screen = text_of(app)
            assert all(letter.isprintable() or letter == "\n" for letter in screen), pressed[-20:]


async def test_random_keys_on_the_demo() -> None:
    async with on_demo(size=(120, 40)) as (app, pilot):
        await play(app, pilot, random.Random(SEED))


async def test_random_keys_on_a_hostile_file(tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(hostile().snapshot()))
    async with opened(str(path), size=(100, 30)) as (app, pilot):
        await play(app, pilot, random.Random(SEED + 1))


ALLOWED = re.compile(
    rb"\x1b\[[0-9;:]*m"  # colours
    rb"|\x1b\[\d+;\d+H|\x1b\[H|\x1b\[2J|\x1b\[\d* q"  # cursor, clearing
    rb"|\x1b\[\?[0-9;]+[hl]|\x1b\[\?[0-9;]+\$p|\x1b\[c|\x1b\[>[0-9]*[quc]|\x1b\[<u|\x1b\[=[0-9]*u"
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x1b\]22;[a-z-]*\x07"  # clipboard, mouse pointer
    rb"|\x1b[78=>]|\x1b\[\d*t|\x1b_G[^\x1b]*\x1b\\"
)
"""What the interface itself may write; everything else would be from data."""

PACE_S = 0.06
"""Time between keys: about as fast as a key that is held down."""

BYTES = [b"j", b"k", b"\t", b"\r", b" ", b"h", b"l", b"g", b"G", b".", b",", b"1", b"2", b"3"]
BYTES += [b"4", b"5", b"v", b"f", b"n", b"u", b"y", b"d", b"p", b"c", b"C", b"o", b"s", b"?"]
BYTES += [b"/", b"x", b"w", b"W", b"m", b"t", b"+", b"[", b"]", b"-", b"\x1b[B", b"\x1b[6~", b"i"]


def test_nothing_stray_is_in_what_a_terminal_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(hostile().snapshot()))
    chance = random.Random(SEED + 2)
    terminal = Terminal([str(path)], (100, 30))
    written = b""
    try:
        terminal.until("server")
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            terminal.send(chance.choice(BYTES))
            written += terminal.drain(PACE_S)
            if chance.random() < 0.02:
                terminal.resize(*chance.choice(SIZES[:5]))
        assert terminal.is_alive(), written[-3000:].decode(errors="replace")
        written += terminal.drain(1.0)
        terminal.send(b"?\x1b\x1b?")
        assert terminal.read(10.0), "it still answers"
    finally:
        terminal.close()
    left = ALLOWED.sub(b"", written[: written.rfind(b"\x1b")])
    assert b"\x1b" not in left, left[left.find(b"\x1b") :][:80]
    assert not {byte for byte in left if byte < 32} - {10, 13}
