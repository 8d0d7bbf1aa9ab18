"""Declared clients of the settings file that stand for nothing in an estate."""

from collections.abc import Callable, Iterator

from pgtopo.analysis.clients.clients import find_client
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.servers.targets import find_target
from pgtopo.errors import UsageError


def stray_clients(facts: Facts) -> tuple[str, ...]:
    """A line for each name of a `[[client]]` entry that stands for nobody here, or for several.

    Such a name is left out, so that a misspelt one would pass for a client that has no fault.
    """
    if not facts.settings.clients:
        return ()
    return facts.once("stray clients", "", lambda: tuple(_stray(facts)))


def _stray(facts: Facts) -> Iterator[str]:
    for number, one in enumerate(facts.settings.clients, start=1):
        entry = f"[[client]] entry {number} of the settings"
        reason = _why_not(lambda text: find_client(facts, text), one.source)
        if reason:
            yield f"{entry}, from {one.source!r}, is left out: {reason}"
        for target in one.targets:
            reason = _why_not(lambda text: find_target(facts, text), target)
            if reason:
                yield f"{entry}, to {target!r}, is left out: {reason}"


def _why_not(find: Callable[[str], object], text: str) -> str:
    """Why a text stands for nothing, and what may have been meant; empty where it does."""
    try:
        find(text)
    except UsageError as error:
        return "; ".join(filter(None, (error.message, error.hint)))
    return ""
