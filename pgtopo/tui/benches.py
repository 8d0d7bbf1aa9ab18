"""Tells what a workbench has beside the tree, without loading that before there is a workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from pgtopo.views.changes.bench import ChangesBench
    from pgtopo.views.map.bench import MapBench
    from pgtopo.views.ordered_bench import OrderedBench
    from pgtopo.views.triage.bench import TriageBench
    from pgtopo.views.workbench import Workbench


def has_orders(bench: Workbench | None) -> TypeGuard[OrderedBench]:
    """Whether there is a workbench whose tree can be ordered."""
    if bench is None:
        return False
    from pgtopo.views.ordered_bench import OrderedBench

    return isinstance(bench, OrderedBench)


def has_map(bench: Workbench | None) -> TypeGuard[MapBench]:
    """Whether there is a workbench with a map."""
    if bench is None:
        return False
    from pgtopo.views.map.bench import MapBench

    return isinstance(bench, MapBench)


def has_triage(bench: Workbench | None) -> TypeGuard[TriageBench]:
    """Whether there is a workbench with an incident."""
    if bench is None:
        return False
    from pgtopo.views.triage.bench import TriageBench

    return isinstance(bench, TriageBench)


def has_changes(bench: Workbench | None) -> TypeGuard[ChangesBench]:
    """Whether there is a workbench with a list of changes."""
    if bench is None:
        return False
    from pgtopo.views.changes.bench import ChangesBench

    return isinstance(bench, ChangesBench)
