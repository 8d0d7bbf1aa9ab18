"""Decides what the garbage collector looks at, and when.

A loaded estate, and all that is worked out of it, is kept out of the collector's sight, so that the
collector never stops the screen to look through it. Its parts refer to one another, so nothing
else frees them either: estates that were read again meanwhile are looked for when that is due.
"""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgtopo.model.topology import Topology

KEPT = 1
"""Estates that may be there while another one is about to be read: the one on show."""

_SELDOM = (2_000, 10, 1_000)
"""Few young objects at a time, hardly ever all of them: what is worked out behind the screen lasts,
and looking through half a gigabyte of it would stop the screen for a second."""

_lock = threading.Lock()
_known: list[weakref.ref[Topology]] = []


def be_sparing() -> None:
    """Look for garbage in small portions from now on."""
    gc.set_threshold(*_SELDOM)


def settle() -> None:
    """Keep what was made so far out of the collector's sight; takes no time."""
    gc.freeze()


def remember(topology: Topology) -> None:
    """Remember an estate that is put on show."""
    with _lock:
        _known.append(weakref.ref(topology))


def reclaim() -> None:
    """Look for estates that nobody shows any more, where there may be one; called by a worker."""
    with _lock:
        _known[:] = [one for one in _known if one() is not None]
        if len(_known) > KEPT:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
