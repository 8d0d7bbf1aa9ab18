"""Knows without a clock when an interface under test has handled everything it was sent.

Textual takes its process for idle where it used little processor time for 20 ms. In all the
tests together that is minutes of doing nothing, and on a machine that is busy with something
else it is wrong: a process that gets no turn uses no time either.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sized
from typing import cast

import textual.app
import textual.pilot
import textual.screen
from textual.app import App
from textual.pilot import Pilot

LONGEST_S = 1.0
"""As long as Textual waits for what never rests, such as a blinking cursor in a busy loop."""

FEWEST = 2000
"""Turns it gets in any case: on a busy machine a single one can take all the time there is."""

ROUNDS = 2


async def idle(_least: float = 0.0, longest: float = LONGEST_S) -> None:
    """Wait until nothing but this task could run: the rest waits for keys, time or threads."""
    ready = cast("Sized", vars(asyncio.get_running_loop())["_ready"])
    end = time.monotonic() + longest
    quiet = rounds = 0
    while quiet < ROUNDS and (time.monotonic() < end or rounds < FEWEST):
        await asyncio.sleep(0)
        rounds += 1
        quiet = 0 if len(ready) else quiet + 1


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Keys, without Textual's question after each, which sends a message to thirty widgets."""
    await pilot.app._press_keys(keys)


_TO_DO = (
    "_layout_required",
    "_scroll_required",
    "_repaint_required",
    "_recompose_required",
    "_dirty_widgets",
    "_callbacks",
)
"""What a screen notes until its next frame, which comes with a timer."""


def is_drawn(app: App[None]) -> bool:
    """Whether the screen shows everything, in the size the terminal has now."""
    screen = vars(app.screen)
    assert all(name in screen or hasattr(app.screen, name) for name in _TO_DO)
    return vars(app)["_resize_event"] is None and not any(screen.get(name) for name in _TO_DO)


def install() -> None:
    """Let Textual's own keys and pauses wait like this, and draw as soon as there is something."""
    assert hasattr(textual.screen, "UPDATE_PERIOD")
    setattr(textual.screen, "UPDATE_PERIOD", 1 / 1000)  # noqa: B010  declared as final
    for module in (textual.app, textual.pilot):
        assert hasattr(module, "wait_for_idle")
        setattr(module, "wait_for_idle", idle)  # noqa: B010  neither declares it
    assert hasattr(Pilot, "press")
    setattr(Pilot, "press", pressed)  # noqa: B010  nor is a method assigned to
