"""Words for things and for lists of candidates, as a person at a prompt needs them."""

from collections.abc import Iterable, Sequence

from pgtopo.analysis.facts import Facts
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, name_of, type_of

_SHOWN = 12


def called(facts: Facts, arm_id: ArmId | None) -> str:
    """The short name of a resource, as Azure spells it; `network/subnet` for a subnet."""
    if arm_id is None:
        return "an unknown resource"
    return facts.once("called", arm_id, lambda: _called(facts, arm_id))


def _called(facts: Facts, arm_id: ArmId) -> str:
    shown = facts.topology.display(arm_id)
    if "/subnets/" in arm_id and type_of(arm_id) == "microsoft.network/virtualnetworks/subnets":
        parts = shown.rstrip("/").split("/")
        return f"{parts[-3]}/{parts[-1]}"
    return name_of(shown)


def candidates_hint(facts: Facts, found: Sequence[Resource | ArmId], form: str = "{}") -> str:
    """A line that lists the ids a text may have meant, as they would be typed."""
    ids = [one.id if isinstance(one, Resource) else one for one in found]
    return f"give one of: {shortened([form.format(facts.topology.display(one)) for one in ids])}"


def shortened(names: Sequence[str]) -> str:
    """The first of many names, and how many more there are."""
    more = f", and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def near_misses(text: str, known: Iterable[str]) -> str:
    """A hint with the names closest to a text; empty where none is close."""
    import difflib

    close = difflib.get_close_matches(text.lower(), list(known), n=3, cutoff=0.7)
    return f"did you mean {' or '.join(close)}?" if close else ""
