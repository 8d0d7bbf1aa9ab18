"""How sure it is that a word which is no known service tag means nothing to Azure either."""

import re

from pgtopo.analysis.filters.tag_names import KNOWN_TAGS
from pgtopo.checks.base import Certainty

_FORM = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9]+)*")

GRADING = (
    "Likely where the word could be a tag that is younger than this release; certain where it has"
    " not the form of one, or is one misspelled."
)


def certainty_of(word: str) -> Certainty:
    """Whether a word is surely no service tag: not of their form, turned round, or misspelled."""
    from difflib import get_close_matches

    plain = word.strip().lower()
    head, _, tail = plain.partition(".")
    is_form = _FORM.fullmatch(plain) is not None
    is_near = bool(get_close_matches(head, KNOWN_TAGS, n=1, cutoff=0.85))
    if not is_form or tail in KNOWN_TAGS or is_near:
        return Certainty.CERTAIN
    return Certainty.LIKELY
