"""Works out the changes that open a blocked path, each proved by tracing again on a copy."""

from collections.abc import Callable, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, part_verdict
from pgtopo.analysis.verdict import Evidence, Part, Stage, Step, Verdict
from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Fix
from pgtopo.checks.path_remedies import Blocked, candidates
from pgtopo.checks.rerun import Difference
from pgtopo.checks.verify import Prover, is_new_fault
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId
from pgtopo.model.patch import Op

Retrace = Callable[[Facts], PathVerdict]
"""Traces the same ends again in a changed copy."""

_ROUNDS = 12
_SMALL = 4000
"""Up to so many resources a path's fixes are held against all checks as well."""

_NOTHING = Difference(cleared=(), added=())

_ADVICE = {
    "ADMIN_DENY": "Ask the owner of the security admin rule for an exception; no NSG rule can"
    " let through what it denies.",
    "FIREWALL_DENY": "Add a network rule to the firewall or its policy: TCP {port} from {clients}"
    " to the server's subnet, and nothing wider.",
    "NO_ZONE": "Give the server a private zone that ends in .postgres.database.azure.com and is"
    " linked to the clients' networks (not while high availability is on).",
    "RECORD_MISSING": "Let the service write its record again by setting the server's zone once"
    " more (not while high availability is on).",
    "PUBLIC_ACCESS_DISABLED": "Make a private endpoint to the server in the client's network, with"
    " a DNS zone group.",
    "ASYMMETRIC_PATH": "Route both directions over the same firewall, or neither: add the route"
    " that the other side lacks.",
    "NO_PUBLIC_ENDPOINT": "Connect from inside the network, over VPN or ExpressRoute: a server in"
    " a virtual network has no public address, and cannot be given one.",
    "NO_EGRESS": "Give the client's subnet a NAT gateway, then admit its address at the server.",
}


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one path."""

    fixes: tuple[Fix, ...] = ()
    """In the order in which they are to be made."""
    steps: tuple[Step, ...] = ()
    """The blocked step that each of them is for."""
    verdict: Verdict | None = None
    """What the path comes to with all proved fixes; None where there are none."""


def path_fixes(prover: Prover, path: PathVerdict, retrace: Retrace) -> Opened:
    """The changes that clear the blocked steps of a path, one step at a time."""
    work = _Work(prover, retrace, path)
    for _ in range(_ROUNDS):
        blocked = work.next_blocked()
        if blocked is None:
            break
        if not work.clear(blocked):
            work.give_up(blocked)
    verdict = work.path.verdict if work.ops else None
    return Opened(fixes=tuple(work.fixes), steps=tuple(work.steps), verdict=verdict)


Mark = tuple[Stage, str, ArmId | None]
"""What makes a blocked step the same one in a copy."""


class _Work:
    """One path while fixes are tried on it."""

    def __init__(self, prover: Prover, retrace: Retrace, path: PathVerdict) -> None:
        self._prover = prover
        self._retrace = retrace
        self._facts: Facts = prover.facts
        self._seen: Difference | None = None
        self._left: set[Mark] = set()
        self.path = path
        self.ops: tuple[Op, ...] = ()
        self.fixes: list[Fix] = []
        self.steps: list[Step] = []

    def next_blocked(self) -> Blocked | None:
        """The first blocked step that was not given up."""
        for part in self.path.parts:
            if part_verdict(part) is not Verdict.BLOCKED:
                continue
            for step in part.steps:
                if step.verdict is Verdict.BLOCKED and _mark(step) not in self._left:
                    return Blocked(path=self.path, part=part, step=step)
        return None

    def clear(self, blocked: Blocked) -> bool:
        """Try what might clear a step; true where one change was proved."""
        return any(self._took(fix, blocked) for fix in candidates(self._facts, blocked) if fix.ops)

    def _took(self, fix: Fix, blocked: Blocked) -> bool:
        ops = (*self.ops, *fix.ops)
        copy = self._prover.copy(ops)
        if copy is None:
            return False
        facts = self._prover.facts_of(copy)
        try:
            path = self._retrace(facts)
        except UsageError:
            return False
        if _mark(blocked.step) in _marks(path.parts, blocked.part) or _is_worse(path, self.path):
            return False
        is_small = len(self._prover.facts.topology) <= _SMALL
        difference = self._prover.baseline.against(copy) if is_small else _NOTHING
        added = _new(difference, self._seen)
        if any(is_new_fault(self._prover.facts, one) for one in added):
            return False
        done = {key for fix in self.fixes for key in fix.clears}
        cleared = [one.key for one in difference.cleared if one.is_fail and one.key not in done]
        self.steps.append(blocked.step)
        self.fixes.append(
            msgspec.structs.replace(
                fix,
                is_verified=True,
                clears=tuple(cleared),
                adds=tuple(one.key for one in added),
                gained=difference.gained,
                lost=difference.lost,
            )
        )
        self.ops, self.path, self._facts, self._seen = ops, path, facts, difference
        return True

    def give_up(self, blocked: Blocked) -> None:
        """Say what to do by hand, once, and go on with the next step."""
        self._left.add(_mark(blocked.step))
        special = [fix for fix in candidates(self._facts, blocked) if not fix.ops]
        text = _ADVICE.get(blocked.step.code, "")
        if special or text:
            self.steps.append(blocked.step)
        if special:
            self.fixes.append(special[0])
        elif text:
            clients = ", ".join(blocked.part.addresses.cidrs()) or "the client"
            told = text.format(port=blocked.path.port, clients=clients)
            self.fixes.append(Fix(text=told))


def _mark(step: Step) -> Mark:
    decided: Evidence | None = step.decided_by
    return step.stage, step.code, decided.resource if decided else None


def _marks(parts: Sequence[Part], around: Part) -> set[Mark]:
    """The blocked steps of the same addresses in a copy."""
    return {
        _mark(step)
        for part in parts
        if part.addresses & around.addresses or not around.addresses
        for step in part.steps
        if step.verdict is Verdict.BLOCKED
    }


def _is_worse(now: PathVerdict, before: PathVerdict) -> bool:
    """Whether the name no longer leads anywhere, or allowed clients were cut off."""
    lost_name = now.dns is Verdict.BLOCKED and before.dns is not Verdict.BLOCKED
    return lost_name or bool(_allowed(before) and not _allowed(now))


def _allowed(path: PathVerdict) -> bool:
    return any(verdict is Verdict.ALLOWED for _, verdict in path.verdict_parts)


def _new(now: Difference, before: Difference | None) -> list[Finding]:
    known = {one.key for one in before.added} if before else set()
    return [one for one in now.added if one.key not in known]
