"""Proves fixes: each is applied to a copy of the estate, and the checks are asked again there."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.checks.base import AnyCheck, Certainty, Fail, Severity
from pgtopo.checks.finding import Finding, key_of
from pgtopo.checks.fix import Fix
from pgtopo.checks.pairs import pairs_to
from pgtopo.checks.rerun import Baseline, Difference
from pgtopo.checks.runner import judged
from pgtopo.checks.through import note_of
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.patch import Op, Patch
from pgtopo.model.server import FlexibleServer
from pgtopo.model.settings import Settings
from pgtopo.model.topology import Topology

_TYPED = re.compile(r"(?:az|psql|pgtopo|dig|nslookup|ALTER|SELECT) |\[\[|[a-z_]+ = ")
"""Lines to be typed: commands, and lines of the settings file."""

Apply = Callable[[Patch], Topology]
"""Gives a changed copy of the estate."""


def _sentence(text: str) -> str:
    clean = text.strip().rstrip(":")
    return clean if clean.endswith((".", "!", "?")) else f"{clean}."


class Prover:
    """Tries fixes on copies of one estate."""

    def __init__(
        self,
        topology: Topology,
        settings: Settings | None,
        checks: Sequence[AnyCheck],
        apply: Apply | None,
        facts: Facts | None = None,
    ) -> None:
        self._apply = apply
        """None where the estate's rows are not at hand: then nothing can be proved."""
        self._checks = {check.id: check for check in checks}
        self._facts = facts or Facts(topology, settings)
        self._known: dict[bytes, Difference | None] = {}
        self._last: tuple[bytes, Facts | None] | None = None
        """The copy that was asked for last, by its operations."""

    @cached_property
    def baseline(self) -> Baseline:
        """What all checks say of the estate as it is; asked when first needed."""
        facts = self._facts
        return Baseline(facts.topology, facts.settings, tuple(self._checks.values()))

    @property
    def facts(self) -> Facts:
        """What is known of the estate as it is."""
        return self.baseline.facts if "baseline" in self.__dict__ else self._facts

    @property
    def can_try_anything(self) -> bool:
        """Whether the estate's rows are at hand, so that copies can be made."""
        return self._apply is not None

    def can_try(self, findings: Iterable[Finding]) -> bool:
        """Whether any of these has a remedy that could be tried."""
        return any(
            (check := self._checks.get(one.check)) is not None and check.remedy is not None
            for one in findings
        )

    def candidates(self, finding: Finding, facts: Facts | None = None) -> tuple[Fix, ...]:
        """What might mend a fault, least new exposure first; nothing proved yet."""
        check = self._checks.get(finding.check)
        known = facts or self.facts
        subject = known.topology.find(finding.subject)
        if check is None or check.remedy is None or subject is None:
            return ()
        for answer in self._answers(check, finding, known):
            try:
                return tuple(check.remedy(known, subject, answer))
            except Exception:  # noqa: BLE001  a broken remedy must not end the run
                return ()
        return ()

    def advice(self, finding: Finding) -> str:
        """What the check's documentation says to do, without its commands."""
        check = self._checks.get(finding.check)
        lines = check.fix.splitlines() if check is not None else []
        told = " ".join(_sentence(one) for one in lines if not _TYPED.match(one))
        where = f"'pgtopo explain {finding.check}' has the commands."
        return f"{told or 'No change was proved to mend this.'} {where}"

    def _answers(self, check: AnyCheck, finding: Finding, facts: Facts) -> list[Fail]:
        """The fault itself, told anew by its check."""
        subject = facts.topology.find(finding.subject)
        outcome = judged(facts, check, subject) if subject is not None else ()
        answers = outcome if isinstance(outcome, tuple) else (outcome,)
        return [
            one
            for one in answers
            if isinstance(one, Fail)
            and key_of(check.id, finding.subject, one.discriminator) == finding.key
        ]

    def copy(self, ops: Sequence[Op]) -> Topology | None:
        """The estate with some operations in it; None where they cannot be applied."""
        if self._apply is None:
            return None
        try:
            return self._apply(Patch(ops=tuple(ops)))
        except UsageError:
            return None

    def facts_of(self, copy: Topology) -> Facts:
        """The facts of a copy, which shares those of the estate where these rest on the same."""
        if "baseline" in self.__dict__:
            return self.baseline.copy(copy)
        return Facts(copy, self.facts.settings)

    def facts_with(self, ops: Sequence[Op]) -> Facts | None:
        """The facts of a copy with some operations in it, of which little is asked; or None."""
        key = msgspec.json.encode(ops)
        if self._last is None or self._last[0] != key:
            copy = self.copy(ops)
            self._last = key, self._glimpse(copy) if copy is not None else None
        return self._last[1]

    def _glimpse(self, copy: Topology) -> Facts:
        if "baseline" in self.__dict__:
            return self.baseline.glimpse(copy)
        return Facts(copy, self.facts.settings)

    def difference(self, ops: Sequence[Op]) -> Difference | None:
        """What operations do to findings and declared clients."""
        key = msgspec.json.encode(ops)
        if key not in self._known:
            copy = self.copy(ops)
            self._known[key] = self.baseline.against(copy) if copy is not None else None
        return self._known[key]

    def proved(self, fix: Fix, key: str) -> Fix:
        """The fix with what the copy said; verified only if the finding is gone for nothing new."""
        found = self.difference(fix.ops) if fix.ops else None
        if found is None:
            return msgspec.structs.replace(fix, is_verified=False)
        is_verified = clears(self.facts, found, key)
        return msgspec.structs.replace(
            fix,
            is_verified=is_verified,
            note=self._note(found, key) if is_verified else "",
            clears=found.faults_gone,
            adds=tuple(one.key for one in found.added),
            gained=found.gained,
            lost=found.lost,
        )

    def _note(self, found: Difference, key: str) -> str:
        """What is to be said where clients are cut off and a fix lets none of them through."""
        cleared = next(one for one in found.cleared if one.key == key)
        check = self._checks.get(cleared.check)
        return note_of(found.through, check) if check is not None and not found.gained else ""


def clears(facts: Facts, found: Difference, key: str) -> bool:
    """Whether a fault is surely gone and nothing as bad as a warning came for it."""
    is_gone = key in found.faults_gone
    return is_gone and not any(is_new_fault(facts, one) for one in found.added)


def is_new_fault(facts: Facts, added: Finding) -> bool:
    """Whether a finding of a copy is a new fault, as bad as a warning.

    A network that a fix links to a zone counts as a client from then on. That it cannot reach the
    server is nothing the fix broke.
    """
    if added.severity is Severity.INFO:
        return False
    if added.certainty is not Certainty.LIKELY or added.severity is not Severity.WARNING:
        return True
    ends = (added.subject, ArmId(added.discriminator.lower()))
    server = next((s for one in ends if (s := facts.topology.get(FlexibleServer, one))), None)
    network = next((n for one in ends if (n := ancestor(one, "virtualnetworks"))), None)
    if server is None or network is None:
        return True
    return any(pair.network == network for pair in pairs_to(facts, server))
