"""Gives the memory of estates back that were read again meanwhile.

A loaded estate is kept out of the garbage collector's sight, so that the collector never stops the
screen to look through it. Its parts refer to one another, so nothing else frees them either.
"""

import gc
import threading
import weakref

from pgtopo.model.topology import Topology

KEPT = 1
"""Estates that may be there while another one is about to be read: the one on show."""

_lock = threading.Lock()
_known: list[weakref.ref[Topology]] = []


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
