"""Puts what lies upstream first: what several blocked steps come from, and what is left behind it.

A copy of the estate decides: what is gone where one object is mended follows from that object, and
what is still there, or comes to light then, is a cause of its own.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Evidence, Stage, Step, Verdict
from pgtopo.checks import registry
from pgtopo.checks.finding import Finding
from pgtopo.checks.opened import Mended, Opened
from pgtopo.checks.path_upstream import Suspect
from pgtopo.triage.causes.cause import Cause, Certainty, Clue
from pgtopo.triage.causes.from_checks import findings_on
from pgtopo.triage.causes.from_path import clue, from_path
from pgtopo.triage.causes.ranking import weighed
from pgtopo.triage.causes.scene import Scene
from pgtopo.triage.probes import for_step

LEADS, _FOLLOWS = 2, 18
"""How much more than what it explains a cause weighs; and what is left to a consequence."""
_SAME = {
    "PEERING_NOT_CONNECTED": ("PGT502", "PGT501"),
    "PEERING_NOT_SYNCED": ("PGT503",),
    "PEERING_ACCESS_OFF": ("PGT504",),
}
_CERTAINTY = {"NETWORKS_NOT_PEERED": Certainty.LIKELY}
STAGES = {
    Stage.DNS: "the name",
    Stage.CLIENT_FILTER: "the filter at the client",
    Stage.FORWARD_ROUTE: "the route there",
    Stage.PEERING: "the peering",
    Stage.TRANSIT: "what is on the way",
    Stage.SERVER_FILTER: "the filter at the server",
    Stage.RETURN_ROUTE: "the route back",
}


def with_upstream(
    facts: Facts, scene: Scene, opened: Opened, causes: Iterable[Cause]
) -> list[Cause]:
    """The weighed causes with those upstream of them, and with what shows once these are mended."""
    found = list(causes)
    if not opened.upstream or opened.beyond is None or scene.path is None:
        return found
    for at, mended in enumerate(opened.upstream):
        weight = max(weight_of(scene, step) for step in mended.gone) + LEADS - at
        own = next((one for one in found if _tells_the_same(one, mended)), None)
        lead = _lead(facts, scene.path, mended, own)
        found = [_after(one, lead, mended.gone) for one in found if one is not own]
        found.append(msgspec.structs.replace(lead, weight=weight))
    return [*found, *_behind(facts, scene, opened, found)]


def _tells_the_same(cause: Cause, mended: Mended) -> bool:
    """Whether a step of the path names the same fault already."""
    return _is_of(cause, mended.gone) and cause.code == mended.suspect.code


def weight_of(scene: Scene, step: Step) -> int:
    """How well a step explains the symptom, whatever it comes from."""
    cause = Cause(code=step.code, text=step.text, verdict=Verdict.BLOCKED, stage=step.stage)
    sure = msgspec.structs.replace(cause, certainty=Certainty.CERTAIN)
    return weighed(scene, sure).weight


def _is_of(cause: Cause, steps: Sequence[Step]) -> bool:
    return cause.step is not None and any(_mark(cause.step) == _mark(one) for one in steps)


def _mark(step: Step) -> tuple[object, ...]:
    return step.stage, step.code, step.decided_by.resource if step.decided_by else None


def _lead(facts: Facts, path: PathVerdict, mended: Mended, own: Cause | None) -> Cause:
    """The cause upstream: that of the step which names it, else one of its own."""
    stages = dict.fromkeys(STAGES.get(one.stage, one.stage.value) for one in mended.gone)
    told = f"On a copy where it is mended, what blocks now is gone from {', '.join(stages)}."
    cause = own or cause_of(facts, path, mended.suspect)
    return msgspec.structs.replace(
        cause,
        evidence=(*cause.evidence, Clue(text=told)),
        fixes=(mended.fix,),
        mended_by=mended.ops,
    )


def cause_of(facts: Facts, path: PathVerdict, suspect: Suspect) -> Cause:
    """What lies upstream as a cause, with what a check says of it."""
    finding = _finding(facts, suspect)
    probe = for_step(facts, path, _as_step(suspect))
    return Cause(
        code=suspect.code,
        text=suspect.text,
        verdict=Verdict.BLOCKED,
        certainty=_CERTAINTY.get(suspect.code, Certainty.CERTAIN),
        stage=Stage.PEERING,
        check=finding.check if finding is not None else None,
        resource=suspect.resource,
        evidence=tuple(clue(one) for one in suspect.evidence),
        next_probe=probe.command,
        probe_says=probe.says,
        finding=finding,
    )


def _as_step(suspect: Suspect) -> Step:
    return Step(
        stage=Stage.PEERING,
        verdict=Verdict.BLOCKED,
        code=suspect.code,
        decided_by=Evidence(suspect.resource, suspect.evidence[0].property),
    )


def _finding(facts: Facts, suspect: Suspect) -> Finding | None:
    """What a check says of the same object."""
    wanted = _SAME.get(suspect.code, ())
    checks = [one for one in registry.catalogue() if one.id in wanted]
    found = findings_on(facts, checks, frozenset({suspect.resource}))
    told = {one.check: one for one in reversed(found) if one.is_fail}
    return next((told[one] for one in wanted if one in told), None)


def _after(cause: Cause, lead: Cause, gone: Sequence[Step]) -> Cause:
    """A cause with less weight where it only follows from what lies upstream."""
    if not _is_of(cause, gone) or cause.follows is not None:
        return cause
    told = f"It follows from {lead.code}: on a copy where that is mended it is gone."
    return msgspec.structs.replace(
        cause,
        weight=_FOLLOWS,
        against=(*cause.against, Clue(text=told)),
        follows=lead.resource,
        fixes=(),
    )


def _behind(facts: Facts, scene: Scene, opened: Opened, known: Sequence[Cause]) -> Iterator[Cause]:
    """What stands in the way once everything upstream is mended, and did not show before."""
    path = opened.beyond
    if path is None:
        return
    marks = {_mark(one.step) for one in known if one.step is not None}
    for cause in from_path(facts, path, ()):
        if cause.step is None or _mark(cause.step) in marks:
            continue
        told = Clue(text="It shows on a copy where what lies upstream is mended.")
        made = weighed(scene, cause)
        yield msgspec.structs.replace(made, weight=made.weight - 1, evidence=(*made.evidence, told))
