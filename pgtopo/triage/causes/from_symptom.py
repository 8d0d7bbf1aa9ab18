"""Causes that the symptom itself suggests and no path shows, held against what was read.

What the data cannot tell stays unknown, with the command that settles it.
"""

from collections.abc import Callable, Iterator

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.triage.causes import network_guesses, session_guesses
from pgtopo.triage.causes.cause import Cause
from pgtopo.triage.causes.scene import Scene
from pgtopo.triage.symptoms.classes import SymptomClass

Guess = Callable[[Facts, Scene], Iterator[Cause]]

_GUESSES: dict[SymptomClass, Guess] = {
    SymptomClass.NAME_NOT_FOUND: network_guesses.names,
    SymptomClass.TIMEOUT: network_guesses.timeouts,
    SymptomClass.REFUSED: network_guesses.refusals,
    SymptomClass.UNREACHABLE: network_guesses.unreachable,
    SymptomClass.UNKNOWN: network_guesses.anything,
    SymptomClass.TLS: session_guesses.encryption,
    SymptomClass.AUTH: session_guesses.logins,
    SymptomClass.CAPACITY: session_guesses.capacity,
    SymptomClass.DROPPED: session_guesses.cuts,
    SymptomClass.READ_ONLY: session_guesses.read_only,
}


def from_symptom(facts: Facts, scene: Scene) -> Iterator[Cause]:
    """What a symptom may come from beside the path, the usual first."""
    for at, cause in enumerate(_GUESSES[scene.symptom.kind](facts, scene)):
        yield msgspec.structs.replace(cause, weight=-at)
