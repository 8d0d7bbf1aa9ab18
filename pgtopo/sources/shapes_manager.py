"""What Network Manager writes about a network, whose keys come in two spellings.

Resource Graph returns these rows with keys in PascalCase or in camelCase, so they are read
untyped, their keys folded, and put into a shape afterwards ("Use Azure Resource Graph with Azure
Virtual Network Manager", Microsoft Learn).
"""

from typing import Any, TypeVar

import msgspec

from pgtopo.model.ids import ArmId, ancestor, parent_of
from pgtopo.sources.kind import Edge, Row

T = TypeVar("T")

_DEEPEST = 12
"""Nothing of interest lies deeper than this; what does is dropped."""


def _run_together(name: str) -> str:
    return name.replace("_", "")


class Folded(msgspec.Struct, frozen=True, rename=_run_together):
    """A part of a row whose keys are in lower case; what is missing is None."""


class FoldedRef(Folded, frozen=True):
    """A reference."""

    id: str | None = None


def read_folded(row: Row[dict[str, Any]], shape: type[T], edge: Edge) -> T:
    """The properties of a row in a shape, whatever the case of their keys."""
    properties = _folded(row.properties or {}, _DEEPEST)
    try:
        return msgspec.convert(properties, shape)
    except msgspec.ValidationError:
        from pgtopo.sources.salvage import salvage

        found: T = salvage(properties, shape, lambda at, why: edge.issue(f"properties.{at}", why))
        return found


def _folded(value: Any, depth: int) -> Any:
    if depth == 0:
        return None
    if isinstance(value, dict):
        return {key.lower(): _folded(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [_folded(inner, depth - 1) for inner in value]
    return value


def is_true(value: object) -> bool:
    """Whether a flag is set; Network Manager writes flags as the texts True and False."""
    return value.lower() == "true" if isinstance(value, str) else value is True


def network_of(arm_id: ArmId) -> ArmId:
    """The network that an extension row belongs to."""
    return ancestor(arm_id, "virtualnetworks") or parent_of(arm_id)
