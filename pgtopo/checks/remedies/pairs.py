"""Fixes for pairs that are meant to talk: what clears the step that stands in their way."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.verdict import Part, Step, Verdict
from pgtopo.checks.base import Fail
from pgtopo.checks.fix import Fix
from pgtopo.checks.pairs import Pair, pairs_of_network, pairs_of_subnet, pairs_to, path_of
from pgtopo.checks.path_remedies import Blocked, candidates
from pgtopo.checks.pooler import pooling
from pgtopo.model.base import Resource
from pgtopo.model.ids import ArmId, is_within
from pgtopo.model.network import Subnet, VirtualNetwork
from pgtopo.model.server import FlexibleServer


def open_way(facts: Facts, subject: Resource, fail: Fail) -> tuple[Fix, ...]:
    """What might open the way for the clients a fault is about, all of them at once."""
    return _open(facts, _pairs(facts, subject), fail)


def open_pooler(facts: Facts, server: FlexibleServer, fail: Fail) -> tuple[Fix, ...]:
    """What might let the clients a fault is about through to the pooler's port as well."""
    return _open(facts, tuple(pooling(pair) for pair in pairs_to(facts, server)), fail)


def _open(facts: Facts, pairs: tuple[Pair, ...], fail: Fail) -> tuple[Fix, ...]:
    named = {evidence.resource for evidence in fail.evidence}
    named |= {fail.cause} if fail.cause else set()
    found: dict[tuple[str, ArmId | None], Blocked] = {}
    stated: set[tuple[str, ArmId | None]] = set()
    for pair in pairs:
        if fail.discriminator not in ("", pair.end, pair.server.id):
            continue
        path = path_of(facts, pair)
        for part in path.parts:
            for step in part.steps:
                if not _is_meant(step, named):
                    continue
                one = Blocked(path=path, part=part, step=step)
                mark = (step.code, one.decider)
                found[mark] = _joined(found[mark], part) if mark in found else one
                stated |= {mark} if pair.is_declared else set()
    return tuple(
        fix if mark in stated else _if_meant(fix, one)
        for mark, one in found.items()
        for fix in candidates(facts, one)
    )


def _if_meant(fix: Fix, blocked: Blocked) -> Fix:
    """A fix for clients that nobody declares, with the question that it leaves to the reader."""
    if not fix.ops:
        return fix
    doubt = f"Only if these clients are meant to reach {blocked.server.name}: nobody declares them."
    return msgspec.structs.replace(fix, risk=f"{doubt} {fix.risk}")


def _pairs(facts: Facts, subject: Resource) -> tuple[Pair, ...]:
    if isinstance(subject, FlexibleServer):
        return pairs_to(facts, subject)
    if isinstance(subject, Subnet):
        return pairs_of_subnet(facts, subject)
    if isinstance(subject, VirtualNetwork):
        return pairs_of_network(facts, subject.id)
    return ()


def _is_meant(step: Step, named: set[ArmId]) -> bool:
    """Whether a step is the one that the fault is about."""
    if step.verdict is Verdict.ALLOWED or step.decided_by is None:
        return step.verdict is Verdict.BLOCKED
    decider = step.decided_by.resource
    return any(is_within(decider, one) or is_within(one, decider) for one in named)


def _joined(blocked: Blocked, part: Part) -> Blocked:
    """The same step for the addresses of one more client."""
    addresses = blocked.part.addresses | part.addresses
    wider = msgspec.structs.replace(blocked.part, addresses=addresses)
    return msgspec.structs.replace(blocked, part=wider)
