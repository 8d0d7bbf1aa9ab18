"""One estate with everything that is asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import msgspec

    from pgtopo.analysis.facts import Facts
    from pgtopo.analysis.matrix.cells import Matrix
    from pgtopo.analysis.names.table import DnsTable
    from pgtopo.analysis.path.answer import PathVerdict
    from pgtopo.analysis.servers.targets import Target
    from pgtopo.checks.fix import Fix
    from pgtopo.checks.opened import Opened
    from pgtopo.checks.runner import Report
    from pgtopo.checks.verify import Prover
    from pgtopo.checks.whatif import Outlook
    from pgtopo.model.network import Subnet
    from pgtopo.model.patch import Patch
    from pgtopo.model.settings import Settings
    from pgtopo.model.topology import Topology
    from pgtopo.probe.result import Probe
    from pgtopo.sources.rows import RowStore
    from pgtopo.triage.agreement import Agreement
    from pgtopo.triage.case import Case
    from pgtopo.triage.diagnosis import Diagnosis
    from pgtopo.triage.drill.item import Drill
    from pgtopo.views.tables.base import AnyTable


class Session:
    """One estate with everything that was asked of it so far."""

    def __init__(
        self,
        topology: Topology,
        *,
        rows: RowStore | None = None,
        notes: Iterable[str] = (),
        settings: Settings | None = None,
    ) -> None:
        from pgtopo.analysis import facts

        self.topology = topology
        self.rows = rows
        """The raw rows, where the estate came from files."""
        self.notes: tuple[str, ...] = tuple(notes)
        """What the reader of the files wants known."""
        self.facts: Facts = facts.Facts(topology, settings)
        self._prover: Prover | None = None

    def findings(
        self,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        *,
        depth: str = "none",
    ) -> Report:
        """What the selected checks say; `depth` where fixes to that depth are asked for next.

        Raises:
            UsageError: a word names no check, slug or family.
        """
        from pgtopo.checks import registry, runner
        from pgtopo.checks.selection import selected

        checks = selected(registry.catalogue(), select, ignore)
        if depth != "none" and self.rows is not None and len(checks) == len(registry.catalogue()):
            return self.prover().baseline.report
        return runner.run(self.facts, checks)

    def stray_clients(self) -> tuple[str, ...]:
        """What of the declared clients stands for nobody in this estate, or for several."""
        if not self.facts.settings.clients:
            return ()
        from pgtopo.checks.stray_clients import stray_clients

        return stray_clients(self.facts)

    def fixes(self, report: Report, depth: str = "causes") -> dict[str, tuple[Fix, ...]]:
        """Fixes by finding key, each proved on a copy: `none`, one set per cause, or `all`."""
        from pgtopo.checks import causes

        if depth == causes.Depth.NONE.value or not report.fails:
            return {}
        return causes.fixes(self.prover(), report.fails, causes.Depth(depth))

    def prover(self) -> Prover:
        """What tries fixes on copies of the estate; made when first asked for."""
        from pgtopo.checks import registry
        from pgtopo.checks.verify import Prover

        if self._prover is None:
            self._prover = Prover(
                self.topology,
                self.facts.settings,
                registry.catalogue(),
                self.patched if self.rows is not None else None,
                self.facts,
            )
        return self._prover

    def patched(self, patch: Patch) -> Topology:
        """A copy of the estate with a patch in it.

        Raises:
            UsageError: the patch names a row or a place that does not exist.
        """
        from pgtopo.errors import UsageError
        from pgtopo.sources.patching import Patcher, rows_of_files

        if self.rows is None:
            raise UsageError("this estate has no rows to change", "open it from files")
        return Patcher(self.topology, rows_of_files(self.rows)).apply(patch)

    def trace(
        self, client: str, server: str, *, port: int = 5432, client_dns: str | None = None
    ) -> tuple[Target, PathVerdict]:
        """Whether a client reaches a server, with every step that says so.

        Raises:
            UsageError: a text names nobody, or several.
        """
        from pgtopo.analysis.clients.clients import find_client
        from pgtopo.analysis.path.trace import trace
        from pgtopo.analysis.servers.targets import find_target

        target = find_target(self.facts, server)
        found = find_client(self.facts, client)
        return target, trace(self.facts, found, target.server, port=port, client_dns=client_dns)

    def path_fixes(
        self, client: str, server: str, *, port: int = 5432, client_dns: str | None = None
    ) -> Opened:
        """The changes that open a blocked path, each proved by tracing again on a copy.

        Raises:
            UsageError: a text names nobody, or several.
        """
        from pgtopo.analysis.clients.clients import find_client
        from pgtopo.analysis.path.trace import trace
        from pgtopo.analysis.servers.targets import find_target
        from pgtopo.analysis.verdict import Verdict
        from pgtopo.checks.opened import Opened

        def again(facts: Facts) -> PathVerdict:
            target = find_target(facts, server).server
            found = find_client(facts, client)
            return trace(facts, found, target, port=port, client_dns=client_dns)

        path = again(self.facts)
        if path.verdict not in (Verdict.BLOCKED, Verdict.MIXED):
            return Opened()
        from pgtopo.checks.path_fixes import path_fixes

        return path_fixes(self.prover(), path, again)

    def compared(self, seen: Probe, client: str | None = None) -> Agreement | None:
        """What a probe saw, laid over the model; nothing where the model has no such ends.

        Raises:
            UsageError: `client` names nobody, or several.
        """
        from pgtopo.errors import UsageError
        from pgtopo.triage.agreement import agreement

        here = next((one.local_address for one in seen.tcp if one.local_address), None)
        asker = client or here
        if asker is None:
            return None
        try:
            _, path = self.trace(asker, seen.host, port=seen.port)
        except UsageError:
            if client is not None:
                raise
            return None
        return agreement(path, seen)

    def triage(self, case: Case) -> Diagnosis:
        """The ranked causes of an incident, with proof, next probes and proved fixes.

        Raises:
            UsageError: a text names nobody, or several.
        """
        from pgtopo.triage.diagnosis import diagnose

        return diagnose(self.facts, self.prover(), case)

    def drill(self, server: str) -> Drill:
        """Whether a failover, a promotion and a restore of a server would work.

        Raises:
            UsageError: the text names no server, or several.
        """
        from pgtopo.analysis.servers.targets import find_server
        from pgtopo.triage.drill.drill import drill

        return drill(self.facts, find_server(self.facts, server))

    def whatif(self, patch: Patch, *, port: int = 5432) -> Outlook:
        """What a change does to verdicts and findings.

        Raises:
            UsageError: the patch names a row or a place that does not exist.
        """
        from pgtopo.checks.whatif import outlook

        after = self.patched(patch)
        baseline = self.prover().baseline
        return outlook(self.facts, baseline, after, ops=len(patch.ops), port=port)

    def matrix(self, *, port: int = 5432) -> Matrix:
        """Every client subnet against every server."""
        from pgtopo.analysis.matrix.cells import matrix

        return matrix(self.facts, port)

    def dns(self) -> DnsTable:
        """What every server's name resolves to in every network."""
        from pgtopo.analysis.names.table import dns_table

        return dns_table(self.facts)

    def table(
        self, kind: str, effective: str | None = None
    ) -> tuple[AnyTable, Sequence[msgspec.Struct]]:
        """A list table and its items; only what is in force on one subnet where it is named.

        Raises:
            UsageError: there is no list of that kind, or no one subnet of that name.
        """
        from pgtopo.errors import UsageError
        from pgtopo.views.tables import registry

        table = registry.named(kind)
        if table is None:
            known = ", ".join(one.kind for one in registry.all_tables())
            raise UsageError(f"there is no list of {kind!r}", f"one of: {known}")
        if effective is None:
            return table, table.items(self.facts)
        return registry.in_force(table, self.facts, self._subnet(effective))

    def _subnet(self, text: str) -> Subnet:
        from pgtopo.analysis.clients.clients import find_client
        from pgtopo.errors import UsageError
        from pgtopo.model.network import Subnet

        found = self.topology.get(Subnet, find_client(self.facts, text).id)
        if found is None:
            raise UsageError(f"{text!r} is no subnet", "give a subnet's id or name")
        return found
