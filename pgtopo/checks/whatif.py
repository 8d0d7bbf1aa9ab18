"""What a change does to an estate: which verdicts turn, which findings come and go."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.matrix.cells import matrix
from pgtopo.analysis.matrix.changes import CellChange, cell_changes
from pgtopo.checks.finding import Finding
from pgtopo.checks.rerun import Baseline
from pgtopo.model.topology import Topology


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """An estate against a changed copy of it."""

    port: int
    ops: int
    """How many operations the change has."""
    cells: tuple[CellChange, ...]
    """Client subnets and servers whose verdict differs."""
    cleared: tuple[Finding, ...]
    added: tuple[Finding, ...]


def outlook(
    before: Facts, baseline: Baseline, after: Topology, *, ops: int, port: int = 5432
) -> Outlook:
    """Everything that is different in a changed copy of an estate."""
    copy = Facts(after, before.settings)
    difference = baseline.against(after)
    return Outlook(
        port=port,
        ops=ops,
        cells=tuple(cell_changes(matrix(before, port), matrix(copy, port))),
        cleared=difference.cleared,
        added=difference.added,
    )
