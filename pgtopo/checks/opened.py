"""What was found for a blocked path: the changes that open it, and what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pgtopo.analysis.path.answer import PathVerdict
    from pgtopo.analysis.verdict import Step, Verdict
    from pgtopo.checks.fix import Fix
    from pgtopo.checks.path_upstream import Suspect
    from pgtopo.model.patch import Op


class Mended(msgspec.Struct, frozen=True, kw_only=True):
    """One object upstream of a path that is to blame, as a copy without its fault shows."""

    suspect: Suspect
    fix: Fix
    """Proved, else with what speaks against it."""
    ops: tuple[Op, ...]
    """What mends it in a copy."""
    gone: tuple[Step, ...]
    """The blocked steps of the path that follow from it: they are not there in the copy."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one path."""

    fixes: tuple[Fix, ...] = ()
    """In the order in which they are to be made."""
    steps: tuple[Step, ...] = ()
    """The blocked step that each of them is for."""
    cleared: tuple[tuple[Step, ...], ...] = ()
    """The blocked steps that are gone with each of them; for advice, the one it is about."""
    verdict: Verdict | None = None
    """What the path comes to with all proved fixes; None where there are none, or these rest on
    one that is not proved."""
    upstream: tuple[Mended, ...] = ()
    """What the fault of several steps comes from; its fixes are the first."""
    beyond: PathVerdict | None = None
    """The path where all that is mended; None where nothing upstream is to blame."""
