"""Works out the changes that open a blocked path, each proved by tracing again on a copy."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict, part_verdict
from pgtopo.analysis.verdict import Evidence, Part, Stage, Step, Verdict
from pgtopo.checks.base import Certainty
from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Fix
from pgtopo.checks.opened import Mended, Opened
from pgtopo.checks.pairs import Pair, pairs_to, path_of
from pgtopo.checks.path_remedies import Blocked, candidates
from pgtopo.checks.path_upstream import Suspect, suspects
from pgtopo.checks.rerun import Difference
from pgtopo.checks.verify import Prover, is_new_fault
from pgtopo.errors import UsageError
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.patch import Op
from pgtopo.model.server import FlexibleServer, Mode
from pgtopo.model.topology import Topology

Retrace = Callable[[Facts], PathVerdict]
"""Traces the same ends again in a changed copy."""

_ROUNDS = 12
_SMALL = 4000
"""Up to so many resources a path's fixes are held against all checks as well."""

_WIDE = 24
"""Up to so many blocked parts of a client changes are tried."""

_NOTHING = Difference(cleared=(), added=())

_ADVICE = {
    "ADMIN_DENY": "Ask the owner of the security admin rule for an exception; no NSG rule can"
    " let through what it denies.",
    "FIREWALL_DENY": "Add a network rule to the firewall or its policy: TCP {port} from {clients}"
    " to {place}, and nothing wider.",
    "NEXT_HOP_OUT_OF_REACH": "Point the route at an appliance in this network or in one peered with"
    " it, or peer with the network its address is in.",
    "NEXT_HOP_UNOWNED": "Point the route at an appliance that exists, or delete it.",
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


_PLACES = {Mode.VNET: "the server's subnet", Mode.PRIVATE_ENDPOINT: "its private endpoint"}


def path_fixes(prover: Prover, path: PathVerdict, retrace: Retrace) -> Opened:
    """The changes that clear the blocked steps of a path: what they come from first.

    A client as wide as a whole estate is blocked by everything there is; for it none is tried.
    """
    if sum(part_verdict(part) is Verdict.BLOCKED for part in path.parts) > _WIDE:
        return _for_fewer(path)
    work = _Work(prover, retrace, path)
    upstream = tuple(work.mended_upstream())
    beyond = work.path if upstream else None
    for _ in range(_ROUNDS):
        blocked = work.next_blocked()
        if blocked is None:
            break
        if not work.clear(blocked):
            work.give_up(blocked)
    work.advise()
    is_sound = all(one.fix.is_verified for one in upstream)
    is_changed = is_sound and any(fix.is_verified for fix in work.fixes)
    return Opened(
        fixes=tuple(work.fixes),
        steps=tuple(work.steps),
        cleared=tuple(work.cleared),
        verdict=work.path.verdict if is_changed else None,
        upstream=upstream,
        beyond=beyond,
    )


def _for_fewer(path: PathVerdict) -> Opened:
    """What to ask in place of a client that is too wide."""
    parts = [part for part in path.parts if part_verdict(part) is Verdict.BLOCKED]
    step = next(step for step in path.steps if step.verdict is Verdict.BLOCKED)
    text = (
        f"No change was tried: {len(parts)} parts of this client are blocked, each for reasons of"
        " its own. Trace one subnet of it; 'pgtopo matrix' tells which subnets reach the server."
    )
    return Opened(fixes=(Fix(text=text),), steps=(step,), cleared=((step,),))


Mark = tuple[Stage, str, ArmId | None]
"""What makes a blocked step the same one in a copy."""
_MOVING = frozenset({"PUBLIC_ACCESS_DISABLED", "ENDPOINT_NOT_APPROVED"})
_ROUTES = (Stage.FORWARD_ROUTE, Stage.RETURN_ROUTE)


class _Trial(NamedTuple):
    """The path in a changed copy."""

    ops: tuple[Op, ...]
    copy: Topology
    facts: Facts
    path: PathVerdict


_IsGone = Callable[[PathVerdict, PathVerdict], bool]
"""Whether what a fix is for is gone, of a path before it and after it."""


class _Work:
    """One path while fixes are tried on it."""

    def __init__(self, prover: Prover, retrace: Retrace, path: PathVerdict) -> None:
        self._prover = prover
        self._retrace = retrace
        self._left: dict[Mark, Blocked] = {}
        start = _Trial((), prover.facts.topology, prover.facts, path)
        self._now = start
        """The path with every change so far."""
        self._seen: Difference | None = None
        self._sound = start
        """The path with those changes alone that were proved without any that were not."""
        self._sound_seen: Difference | None = None
        self._unproved: list[str] = []
        self.fixes: list[Fix] = []
        self.steps: list[Step] = []
        self.cleared: list[tuple[Step, ...]] = []

    @property
    def path(self) -> PathVerdict:
        """The path with every change so far."""
        return self._now.path

    def next_blocked(self) -> Blocked | None:
        """The first blocked step that was not given up."""
        for part in self.path.parts:
            if part_verdict(part) is not Verdict.BLOCKED:
                continue
            for step in part.steps:
                if step.verdict is Verdict.BLOCKED and _mark(step) not in self._left:
                    return Blocked(path=self.path, part=part, step=step)
        return None

    # -- upstream -----------------------------------------------------------------------------

    def mended_upstream(self) -> Iterator[Mended]:
        """What blocked steps come from, that which explains most first; each is mended at once."""
        while any(step.verdict is Verdict.BLOCKED for step in self.path.steps):
            tried = [
                (suspect, fix, trial, _gone(self.path, trial.path))
                for suspect in suspects(self._now.facts, self.path)
                for fix in suspect.fixes[:1]
                if (trial := self._tried(fix, self._now)) is not None
            ]
            tried = [one for one in tried if _explains_enough(one[0], one[3])]
            suspect, fix, trial, gone = max(
                tried, key=lambda one: len(one[3]), default=(None, None, None, ())
            )
            if suspect is None or fix is None or trial is None or not gone:
                return
            told = self._told(fix, trial, suspect)
            self._take(gone[0], told, trial)
            yield Mended(suspect=suspect, fix=told, ops=fix.ops, gone=gone)

    def _told(self, fix: Fix, trial: _Trial, suspect: Suspect) -> Fix:
        """A fix with what its copy said; not proved where a new fault came for it."""
        proof, self._seen = self._proof(fix, trial, self._seen)
        if isinstance(proof, Fix):
            return self._standing(
                proof, lambda before, now: _explains_enough(suspect, _gone(before, now))
            )
        text = f"{fix.text} Mind what comes to light then: {proof.message}"
        self._unproved.append(fix.text)
        return msgspec.structs.replace(fix, text=text, commands=(), roll_back=())

    # -- step by step -------------------------------------------------------------------------

    def clear(self, blocked: Blocked) -> bool:
        """Try what might clear a step; true where one change was proved."""
        return any(
            self._took(fix, blocked) for fix in candidates(self._now.facts, blocked) if fix.ops
        )

    def _took(self, fix: Fix, blocked: Blocked) -> bool:
        moves_name = blocked.step.code in _MOVING
        trial = self._tried(fix, self._now, moves_name=moves_name)
        if trial is None or not _is_cleared(blocked, trial.path):
            return False
        proof, seen = self._proof(fix, trial, self._seen)
        if not isinstance(proof, Fix):
            return False
        self._seen = seen
        told = self._standing(
            proof,
            lambda before, now: _is_there(blocked, before) and _is_cleared(blocked, now),
            moves_name=moves_name,
        )
        self._take(blocked.step, told, trial)
        return True

    def _tried(self, fix: Fix, on: _Trial, *, moves_name: bool = False) -> _Trial | None:
        """The path in a copy with one more change; None where it is none or makes things worse.

        An endpoint that is approved takes the name to itself, and may be without a record yet.
        """
        ops = (*on.ops, *fix.ops)
        copy = self._prover.copy(ops) if fix.ops else None
        if copy is None:
            return None
        facts = self._prover.facts_of(copy)
        try:
            path = self._retrace(facts)
        except UsageError:
            return None
        is_worse = _is_worse(path, on.path, moves_name=moves_name)
        return None if is_worse else _Trial(ops, copy, facts, path)

    def _proof(
        self, fix: Fix, trial: _Trial, seen: Difference | None
    ) -> tuple[Fix | Finding, Difference]:
        """The fix with what all checks say of its copy, or the new fault that speaks against it."""
        is_small = len(self._prover.facts.topology) <= _SMALL
        difference = self._prover.baseline.against(trial.copy) if is_small else _NOTHING
        added = _new(difference, seen)
        for one in added:
            is_fault = is_new_fault(self._prover.facts, one)
            if is_fault and not was_hidden(self._prover.facts, one):
                return one, difference
        done = {key for fix in self.fixes for key in fix.clears}
        cleared = [key for key in difference.faults_gone if key not in done]
        proved = msgspec.structs.replace(
            fix,
            is_verified=True,
            is_retraced_only=not is_small,
            clears=tuple(cleared),
            adds=tuple(one.key for one in added),
            gained=difference.gained,
            lost=difference.lost,
        )
        return proved, difference

    def _standing(self, proof: Fix, is_gone: _IsGone, *, moves_name: bool = False) -> Fix:
        """A proof without what was not proved before it, else with what it rests on.

        Whoever makes the proved changes alone must get what each of them was shown to bring.
        """
        if not self._unproved:
            return proof
        alone = self._tried(proof, self._sound, moves_name=moves_name)
        if alone is not None and is_gone(self._sound.path, alone.path):
            proved, seen = self._proof(proof, alone, self._sound_seen)
            if isinstance(proved, Fix):
                self._sound, self._sound_seen = alone, seen
                return proved
        rests_on = tuple(self._unproved)
        self._unproved.append(proof.text)
        return msgspec.structs.replace(proof, is_verified=False, rests_on=rests_on)

    def _take(self, step: Step, fix: Fix, trial: _Trial) -> None:
        """Go on with the copy; what was given up before may be mended there."""
        self.steps.append(step)
        self.fixes.append(fix)
        self.cleared.append((step, *_gone(self.path, trial.path)))
        self._now = trial
        if not self._unproved:
            self._sound, self._sound_seen = trial, self._seen
        self._left.clear()

    # -- by hand ------------------------------------------------------------------------------

    def give_up(self, blocked: Blocked) -> None:
        """Go on with the next step."""
        self._left[_mark(blocked.step)] = blocked

    def advise(self) -> None:
        """Say what to do by hand about every step that was given up."""
        for blocked in self._left.values():
            special = [fix for fix in candidates(self._now.facts, blocked) if not fix.ops]
            text = _ADVICE.get(blocked.step.code, "")
            if special or text:
                clients = ", ".join(blocked.part.addresses.cidrs()) or "the client"
                place = _PLACES.get(blocked.server.mode, "the server's address")
                told = text.format(port=blocked.path.port, clients=clients, place=place)
                self.steps.append(blocked.step)
                self.cleared.append((blocked.step,))
                self.fixes.append(special[0] if special else Fix(text=told))


def was_hidden(facts: Facts, added: Finding) -> bool:
    """Whether a fault of a copy lies on a way that was blocked before, and so breaks nothing.

    A question that only opens then, about no way at all, breaks nothing either.
    """
    if added.is_fail and added.certainty is not Certainty.LIKELY:
        return False
    told = added.discriminator.lower().split()  # ids have no blanks
    named = (*map(ArmId, told), added.subject, *added.related)
    network = next((n for one in named if (n := ancestor(one, "virtualnetworks"))), None)
    server = next((s for one in named if (s := facts.topology.get(FlexibleServer, one))), None)
    pairs = pairs_to(facts, server) if server is not None else ()
    own = [one for one in pairs if one.is_declared and _is_about(added, one)]
    around = [one for one in pairs if network is not None and one.network == network]
    paths = [path_of(facts, one) for one in own or around]
    if not paths:
        return not added.is_fail
    return all(path.verdict is Verdict.BLOCKED for path in paths)


def _is_about(added: Finding, pair: Pair) -> bool:
    """Whether a finding is told apart by the client of a pair."""
    return added.discriminator in (pair.end, f"{pair.end} {pair.server.id}")


def _gone(before: PathVerdict, now: PathVerdict) -> tuple[Step, ...]:
    """The blocked steps that are not there any more."""
    left = {_mark(step) for step in now.steps if step.verdict is Verdict.BLOCKED}
    return tuple(
        step for step in before.steps if step.verdict is Verdict.BLOCKED and _mark(step) not in left
    )


def _explains_enough(suspect: Suspect, gone: Sequence[Step]) -> bool:
    """Whether a suspect accounts for more than the steps that name it themselves."""
    others = [one for one in gone if one.code != suspect.code]
    return bool(gone) if suspect.least < 2 else len(others) >= suspect.least


def _is_cleared(blocked: Blocked, now: PathVerdict) -> bool:
    """Whether a step is gone; of a route, that none of its stage took its place."""
    left = _marks(now.parts, blocked.part)
    if blocked.step.stage in _ROUTES:
        return all(stage is not blocked.step.stage for stage, _, _ in left)
    return _mark(blocked.step) not in left


def _is_there(blocked: Blocked, path: PathVerdict) -> bool:
    """Whether a step blocks a path."""
    return _mark(blocked.step) in _marks(path.parts, blocked.part)


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


def _is_worse(now: PathVerdict, before: PathVerdict, *, moves_name: bool) -> bool:
    """Whether the name no longer leads anywhere, or allowed clients were cut off."""
    lost_name = now.dns is Verdict.BLOCKED and before.dns is not Verdict.BLOCKED
    return (lost_name and not moves_name) or bool(_allowed(before) and not _allowed(now))


def _allowed(path: PathVerdict) -> bool:
    return any(verdict is Verdict.ALLOWED for _, verdict in path.verdict_parts)


def _new(now: Difference, before: Difference | None) -> list[Finding]:
    known = {one.key for one in before.added} if before else set()
    return [one for one in now.added if one.key not in known]
