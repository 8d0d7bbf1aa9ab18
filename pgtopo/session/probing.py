"""Real connections from this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgtopo.probe.probe import Listener, Question
    from pgtopo.probe.result import Probe


def probed(question: Question, listener: Listener | None = None) -> Probe:
    """What happens when this machine connects to a host; only DNS servers are asked besides.

    Raises:
        Cancelled: the listener wants no more.
    """
    from pgtopo.probe.probe import probe

    return probe(question, listener)
