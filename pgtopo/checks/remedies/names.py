"""Names for what a fix creates: readable, valid in Azure, and not taken yet."""

import re
from collections.abc import Iterable

_LONGEST = 80


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A name near the wanted one that nothing among `taken` has."""
    used = {name.lower() for name in taken}
    clean = re.sub(r"[^A-Za-z0-9_.-]+", "-", wanted).strip("-._")[:_LONGEST] or "pgtopo-fix"
    found, number = clean, 2
    while found.lower() in used:
        found = f"{clean[: _LONGEST - 4]}-{number}"
        number += 1
    return found
