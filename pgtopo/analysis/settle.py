"""What the user's settings say about open questions, put into steps."""

import msgspec

from pgtopo.analysis.assumptions import assume, stated
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Assumption, Stage, Step, Verdict
from pgtopo.model.coverage import Coverage
from pgtopo.model.ids import TENANT


def settled(facts: Facts, step: Step) -> Step:
    """The step as the settings file leaves it; untouched where it is silent.

    An open step follows what is said about the first assumption it names; a step that is allowed
    on an assumption is blocked where the settings deny it.
    """
    if not facts.settings.assumptions or step.stage is Stage.DNS:
        return step
    said = {note.code: word for note in step.assumptions if (word := stated(facts, note.code))}
    if not said:
        return step
    kept = tuple(note for note in step.assumptions if note.code not in said)
    first = step.assumptions[0].code
    verdict = step.verdict
    if verdict is Verdict.UNKNOWN and first in said:
        verdict = said[first]
    elif verdict is Verdict.ALLOWED and Verdict.BLOCKED in said.values():
        verdict = Verdict.BLOCKED
    code = "OK" if verdict is Verdict.ALLOWED else step.code
    if verdict is Verdict.BLOCKED and code == "OK":
        code = next(c for c, word in said.items() if word is Verdict.BLOCKED)
    return msgspec.structs.replace(step, verdict=verdict, code=code, assumptions=kept)


def taken_as_none(facts: Facts) -> tuple[Assumption, ...]:
    """The kinds the input does not speak of and whose absence counts as none, one by one."""
    return facts.once("taken as none", 0, lambda: _taken(facts.topology.coverage))


def _taken(coverage: Coverage) -> tuple[Assumption, ...]:
    return tuple(
        assume("TAKEN_AS_NONE", f"The input has no {kind}; none is taken to exist.")
        for kind in sorted(coverage.assumed_none)
        if not coverage.within(kind, TENANT)
    )
