"""Real connections from this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgtopo.probe.probe import Question
    from pgtopo.probe.result import Probe


def probed(question: Question) -> Probe:
    """What happens when this machine connects to a host; nobody else is contacted."""
    from pgtopo.probe.probe import probe

    return probe(question)
