"""Makes one mutant by number and puts it through everything."""

from __future__ import annotations

import random
import traceback
from pathlib import Path
from typing import NamedTuple

from tests.fuzz import screens
from tests.fuzz.bases import base
from tests.fuzz.consumers import Fault, consume
from tests.fuzz.mutants import as_bytes, mutant

SECONDS = 20
"""A mutant that takes more of the processor hangs."""


class Outcome(NamedTuple):
    """What became of one mutant."""

    number: int
    is_open: bool
    traces: int = 0
    """Paths that were asked for one by one."""
    has_screen: bool = False
    """Whether the app itself opened it."""
    fault: str = ""


def tried(number: int, folder: Path, *, has_screen: bool = False) -> Outcome:
    """Make the mutant of a number, and put it through everything; the file stays on a fault."""
    chance = random.Random(number)
    path = folder / f"mutant-{number}.json"
    path.write_bytes(as_bytes(mutant(base(chance), chance), chance))
    try:
        traces = consume(path, chance)
        if has_screen:
            screens.play(path)
    except (Fault, screens.Stray) as fault:
        return Outcome(number, is_open=True, fault=str(fault))
    except Exception:  # noqa: BLE001  any other end is a bug, and the campaign goes on
        return Outcome(number, is_open=True, fault=traceback.format_exc(limit=-6))
    path.unlink()
    return Outcome(number, traces is not None, traces or 0, has_screen)
