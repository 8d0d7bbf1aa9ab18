"""Builds a prover over a tiny world, and asks the checks in full about its copies."""

from collections.abc import Sequence

from pgtopo.analysis.facts import Facts
from pgtopo.checks.finding import Finding
from pgtopo.checks.registry import catalogue
from pgtopo.checks.runner import run
from pgtopo.checks.verify import Prover
from pgtopo.model.patch import Op, Patch
from pgtopo.model.settings import Settings
from pgtopo.model.topology import Topology
from pgtopo.sources.patching import Patcher, rows_given
from tests.estates.world import World


def prover_of(world: World, settings: Settings | None = None) -> Prover:
    """What tries fixes on copies of a world."""
    topology = world.topology()
    patcher = Patcher(topology, rows_given(world.rows))
    return Prover(topology, settings or world.settings(), catalogue(), patcher.apply)


def changed(world: World, ops: Sequence[Op]) -> Topology:
    """A copy of a world with operations in it."""
    return Patcher(world.topology(), rows_given(world.rows)).apply(Patch(ops=tuple(ops)))


def in_full(topology: Topology, settings: Settings | None = None) -> dict[str, Finding]:
    """Everything all checks say of an estate, by key."""
    report = run(Facts(topology, settings), catalogue())
    assert not report.crashes
    return {finding.key: finding for finding in report.findings}
