"""Turns a pasted error text into a symptom: its class, its meaning, and the ends it names."""

import re
from functools import cache

import msgspec

from pgtopo.triage.symptoms.classes import Sense, SymptomClass
from pgtopo.triage.symptoms.places import Places, places
from pgtopo.triage.symptoms.senses import CLASS_SENSE, SENSES

LONGEST = 32_000
"""Characters of a paste that are looked at, half at each end: logs can be endless."""

_FURTHEST_FIRST = (
    *("read_only", "too_many", "pooler_full", "token", "password", "role", "not_admitted"),
    *("certificate_client", "no_encryption", "certificate_name", "certificate_untrusted"),
    *("protocol_version", "tls_not_offered", "statement_timeout", "starting", "ended_by_server"),
    *("tls_failed", "closed", "lookup_unanswered", "read_timeout", "refused", "connect_timeout"),
    *("no_route", "perhaps_refused", "name_unanswered", "name_unknown", "name_unresolved"),
    *("management", "pool_wait", "perhaps_timeout"),
)
"""Where one paste holds several errors, the attempt that came furthest tells most."""

_SAME = {
    "lookup_unanswered": "name_unanswered",
    "perhaps_refused": "refused",
    "perhaps_timeout": "connect_timeout",
}
"""Wordings that tell less, or more, than others of their sense."""
_LESS_THAN = {"name_unresolved": frozenset({"name_unanswered", "name_unknown"})}
"""Senses that say nothing more where one of these is heard: the beginning of the same message."""
_FLAGS = re.IGNORECASE | re.MULTILINE | re.DOTALL


class Heard(msgspec.Struct, frozen=True):
    """One sense found in a paste, with the line that says it."""

    sense: Sense
    quote: str


class Symptom(msgspec.Struct, frozen=True, kw_only=True):
    """What a client saw."""

    sense: Sense
    quote: str = ""
    """The line that decided; empty where the class was picked, or nothing is known."""
    also: tuple[Heard, ...] = ()
    """Other errors in the same paste, the one that came furthest first."""
    places: Places = Places()

    @property
    def kind(self) -> SymptomClass:
        """The class."""
        return self.sense.kind


def symptom_of(kind: SymptomClass) -> Symptom:
    """The symptom that is picked from a list."""
    return Symptom(sense=SENSES[CLASS_SENSE[kind]])


def classify(text: str) -> Symptom:
    """The symptom that an error text describes; of several errors the one that came furthest.

    Unknown when: the text holds no wording of a known driver, system or server.
    """
    half = LONGEST // 2
    said = text if len(text) <= LONGEST else f"{text[:half]}\n{text[-half:]}"
    said = said.replace("’", "'").replace("\r\n", "\n")
    named = said.strip().lower().replace(" ", "_").replace("-", "_")
    if named in {one.value for one in SymptomClass}:
        return symptom_of(SymptomClass(named))
    found = _heard(said)
    ends = places(said)
    if not found:
        return Symptom(sense=SENSES["unknown"], places=ends)
    first = found[0]
    return Symptom(sense=first.sense, quote=first.quote, also=tuple(found[1:]), places=ends)


def _heard(text: str) -> list[Heard]:
    """Every sense in a text, the one that came furthest first, each once."""
    joined = re.sub(r"\s+", " ", text)
    found: dict[str, Heard] = {}
    for slug in _FURTHEST_FIRST:
        name = _SAME.get(slug, slug)
        if name in found or not _LESS_THAN.get(name, frozenset()).isdisjoint(found):
            continue
        match = _patterns()[slug].search(text)
        if match is not None:
            found[name] = Heard(SENSES[name], _line_at(text, match.start()))
        elif again := _patterns()[slug].search(joined):
            found[name] = Heard(SENSES[name], joined[max(again.start() - 80, 0) : again.end()])
    return list(found.values())


def _line_at(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:400]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    from pgtopo.triage.symptoms.translations import TRANSLATIONS
    from pgtopo.triage.symptoms.wordings import WORDINGS

    parts: dict[str, list[str]] = {slug: [] for slug in _FURTHEST_FIRST}
    for slug, pattern in WORDINGS:
        parts[slug].append(f"(?:{pattern})")
    for slug, texts in TRANSLATIONS:
        parts[slug] += [re.escape(one) for one in texts]
    return {slug: re.compile("|".join(every), _FLAGS) for slug, every in parts.items()}
