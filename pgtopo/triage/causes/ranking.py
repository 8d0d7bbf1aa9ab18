"""Puts causes in order: what was read first, then how well each explains the symptom."""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.verdict import Stage, Verdict
from pgtopo.checks.base import Severity
from pgtopo.model.net import parse_address
from pgtopo.triage.causes.cause import Cause, Certainty, Clue
from pgtopo.triage.causes.scene import Scene
from pgtopo.triage.causes.session_guesses import is_own_user
from pgtopo.triage.causes.stages import (
    ANSWERED,
    CONTRADICTS,
    DENIED,
    EXPLAINS,
    FITS,
    NETWORK,
    SILENT,
    fit,
)

_SHOWN, _OPEN, _GUESSED = 20, 10, 5
_BY_SEVERITY = {Severity.ERROR: 20, Severity.WARNING: 14, Severity.INFO: 6}
_FIT, _CONTRADICTED, _LESS_SURE = 3, -14, 1
_ORDER = {stage: at for at, stage in enumerate(Stage)}


def weighed(scene: Scene, cause: Cause) -> Cause:
    """The cause with its weight, and with what the symptom says for or against it."""
    clues, against = _clues(scene, cause)
    how = _fit(scene, cause)
    weight = (
        cause.weight + _base(scene, cause) + (how * _FIT if how != CONTRADICTS else _CONTRADICTED)
    )
    if cause.certainty is Certainty.LIKELY:
        weight -= _LESS_SURE
    return msgspec.structs.replace(
        cause,
        weight=weight,
        evidence=(*cause.evidence, *clues),
        against=(*cause.against, *against),
    )


def _base(scene: Scene, cause: Cause) -> int:
    if cause.step is None and cause.finding is not None:
        known = _BY_SEVERITY[cause.finding.severity]
        if _is_plain_password(scene) and "entra" in cause.finding.slug:
            return _GUESSED
        return known if cause.verdict is Verdict.BLOCKED else min(known, 6)
    if cause.verdict is Verdict.BLOCKED:
        return _SHOWN
    return _OPEN if cause.step is not None else _GUESSED


def _is_plain_password(scene: Scene) -> bool:
    """Whether a user of the server's own failed, so that Entra has hardly a part in it."""
    symptom = scene.symptom
    return symptom.sense.slug == "password" and is_own_user(symptom.quote)


def _fit(scene: Scene, cause: Cause) -> int:
    if cause.stage is None:
        return EXPLAINS if cause.finding is None else EXPLAINS - 1
    how = fit(scene.symptom.kind, cause.stage, cause.code)
    if cause.stage is Stage.DNS and _has_answer(scene):
        if cause.code not in ANSWERED:
            return CONTRADICTS
        tried = scene.symptom.places.address
        is_known = scene.path is not None and tried in scene.path.answers
        return EXPLAINS if is_known else how
    return FITS if how == EXPLAINS and _other_words(scene, cause) else how


def _other_words(scene: Scene, cause: Cause) -> str:
    """What clients usually print of a name that fails like this, where these words are others.

    Azure DNS answers that a name does not exist; a DNS server that is out of reach answers nothing.
    The C library of Linux has a message for each (getaddrinfo: EAI_NONAME, EAI_AGAIN).
    """
    slug = scene.symptom.sense.slug
    if slug == "name_unknown" and cause.code in SILENT:
        return "No answer usually shows as 'Temporary failure in name resolution', not as this."
    if slug == "name_unanswered" and cause.code in DENIED:
        return "A name that does not exist usually shows as 'Name or service not known'."
    return ""


def _has_answer(scene: Scene) -> bool:
    """Whether the client tried an address, so that the name was resolved."""
    return parse_address(scene.symptom.places.address) is not None


def _clues(scene: Scene, cause: Cause) -> tuple[tuple[Clue, ...], tuple[Clue, ...]]:
    """What the symptom itself says for and against a cause."""
    if cause.stage is None:
        return (), ()
    kind, tried = scene.symptom.kind, scene.symptom.places.address
    if cause.stage is Stage.DNS and _has_answer(scene) and cause.code not in ANSWERED:
        told = f"The client tried {tried}, so the name was resolved, or an address was given."
        return (), (Clue(text=told),)
    how = fit(kind, cause.stage, cause.code)
    if other := _other_words(scene, cause):
        return (), (Clue(text=other),)
    if how == EXPLAINS:
        return (Clue(text=f"It explains what the client sees: {kind.label}."),), ()
    if how == CONTRADICTS and (cause.stage in NETWORK or cause.stage is Stage.DNS):
        told = f"It would not show as what the client sees: {kind.label}."
        return (), (Clue(text=told),)
    return (), ()


def ranked(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    """The causes, the likeliest first, each code and resource once."""
    ordered = sorted(
        causes,
        key=lambda one: (
            -one.weight,
            _ORDER[one.stage] if one.stage is not None else len(_ORDER),
            one.code,
            one.resource or "",
        ),
    )
    seen: set[tuple[str, object, str]] = set()
    found = []
    for one in ordered:
        mark = (one.code, one.resource, one.text)
        if mark not in seen:
            seen.add(mark)
            found.append(one)
    return tuple(found)
