"""What the interface needs of an opened estate in order to try changes on copies of it."""

from typing import Protocol

from pgtopo.analysis.facts import Facts
from pgtopo.checks.opened import Opened
from pgtopo.checks.verify import Prover
from pgtopo.checks.whatif import Outlook
from pgtopo.model.patch import Patch
from pgtopo.model.topology import Topology


class Workshop(Protocol):
    """An estate whose rows are at hand."""

    facts: Facts

    def prover(self) -> Prover:
        """What tries fixes on copies."""

    def patched(self, patch: Patch) -> Topology:
        """A copy of the estate with a patch in it."""

    def path_fixes(
        self, client: str, server: str, *, port: int = 5432, client_dns: str | None = None
    ) -> Opened:
        """The changes that open a blocked path."""

    def whatif(self, patch: Patch, *, port: int = 5432) -> Outlook:
        """What a change does to verdicts and findings."""
