"""Where the data comes from, of when it is, and what could not be read."""

from typing import NamedTuple

from pgtopo.model.coverage import Coverage, Status
from pgtopo.model.ids import TENANT, ArmId, name_of, subscription_of
from pgtopo.model.moments import minute
from pgtopo.model.topology import Topology
from pgtopo.views.kinds import plural_of
from pgtopo.views.literal import printable

_MOST = 3


class Gap(NamedTuple):
    """Kinds that were not read in one scope, for one reason."""

    scope: ArmId
    place: str
    kinds: tuple[str, ...]
    how: str
    detail: str


class Badge(NamedTuple):
    """The corner of the screen that says what one is looking at."""

    text: str
    partial: str = ""
    """What could not be read, in short; empty where all was."""


def badge(topology: Topology, files: tuple[str, ...]) -> Badge:
    """The badge of an estate read from files."""
    if topology.created_at:
        text = f"SNAPSHOT {minute(topology.created_at)}"
    elif len(files) == 1:
        text = f"FILE {name_of(files[0])}"
    else:
        text = f"{len(files)} FILES" if files else "ROWS"
    return Badge(printable(text), printable(_in_short(gaps(topology))))


def gaps(topology: Topology) -> tuple[Gap, ...]:
    """What the data says was not read, by place and reason."""
    found: dict[tuple[ArmId, Status, str], list[str]] = {}
    for entry in topology.coverage.entries:
        if entry.status is Status.READ or not _is_top(topology.coverage, entry.scope):
            continue
        found.setdefault((entry.scope, entry.status, entry.detail), []).append(entry.kind)
    made = [
        Gap(scope, _place(topology, scope), _plurals(kinds), status.value, detail)
        for (scope, status, detail), kinds in found.items()
    ]
    return tuple(sorted(made, key=lambda gap: (gap.scope, gap.how, gap.kinds)))


def _is_top(coverage: Coverage, scope: ArmId) -> bool:
    return not coverage.is_inferred or scope == TENANT or scope.count("/") <= 2


def _plurals(kinds: list[str]) -> tuple[str, ...]:
    return tuple(sorted({plural_of(kind) for kind in kinds}))


def _place(topology: Topology, scope: ArmId) -> str:
    if scope == TENANT:
        return "the tenant"
    held = topology.find(scope)
    if held is not None and held.name:
        return held.name
    if scope.count("/") == 2:
        return f"subscription {subscription_of(scope)[:8]}"
    return name_of(topology.display(scope))


def _in_short(found: tuple[Gap, ...]) -> str:
    if not found:
        return ""
    parts = []
    for gap in found[:_MOST]:
        kinds = ", ".join(gap.kinds[:_MOST]) + (" ..." if len(gap.kinds) > _MOST else "")
        parts.append(kinds if gap.scope == TENANT else f"{kinds} in {gap.place}")
    rest = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return "; ".join(parts) + rest
