"""Groups findings by the object to be mended, and works out fixes for each group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from pgtopo.checks.finding import Finding
from pgtopo.checks.fix import Fix
from pgtopo.model.ids import ArmId, ancestor
from pgtopo.model.network import VirtualNetwork
from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology

if TYPE_CHECKING:
    from pgtopo.analysis.facts import Facts
    from pgtopo.checks.verify import Prover
    from pgtopo.model.patch import Op

MOST_PROOFS = 60
"""With one set per cause, fixes of this many causes are proved, the worst first.

A proof asks checks again on a copy: a fifth of a second where an estate has thousands of networks.
"""


class Depth(Enum):
    """How many fixes are worked out."""

    NONE = "none"
    CAUSES = "causes"
    """One proved fix set for each root cause."""
    ALL = "all"
    """Every proved fix for each finding."""


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """One object that is to blame, and everything that goes wrong because of it."""

    resource: ArmId
    findings: tuple[Finding, ...]
    servers: tuple[ArmId, ...]
    """The servers that suffer."""
    networks: tuple[ArmId, ...]
    """The networks that suffer."""


def causes(topology: Topology, findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """The faults grouped by cause, in the order of the worst finding of each."""
    groups: dict[ArmId, list[Finding]] = {}
    for finding in findings:
        if finding.is_fail:
            groups.setdefault(finding.cause, []).append(finding)
    return tuple(_cause(topology, resource, held) for resource, held in groups.items())


def _cause(topology: Topology, resource: ArmId, held: list[Finding]) -> Cause:
    named = [one for finding in held for one in (finding.subject, *finding.related)]
    servers = [one for one in named if topology.get(FlexibleServer, one)]
    places = [ancestor(one, "virtualnetworks") for one in named]
    networks = [one for one in places if one and topology.get(VirtualNetwork, one)]
    return Cause(
        resource=resource,
        findings=tuple(held),
        servers=tuple(dict.fromkeys(servers)),
        networks=tuple(dict.fromkeys(networks)),
    )


def fixes(prover: Prover, findings: Iterable[Finding], depth: Depth) -> dict[str, tuple[Fix, ...]]:
    """Fixes by finding key: proved ones, else one text that says what to do by hand."""
    found: dict[str, tuple[Fix, ...]] = {}
    if depth is Depth.NONE:
        return found
    proved: list[Fix] = []
    left = MOST_PROOFS
    for cause in causes(prover.facts.topology, findings):
        if depth is Depth.ALL:
            found.update((one.key, _every(prover, one)) for one in cause.findings)
        elif left > 0 or not prover.can_try(cause.findings):
            found.update(_one_set(prover, cause, proved))
            left -= prover.can_try(cause.findings)
        else:
            found.update((one.key, _not_tried(proved, one)) for one in cause.findings)
    return found


def _not_tried(proved: Iterable[Fix], finding: Finding) -> tuple[Fix, ...]:
    known = tuple(fix for fix in proved if finding.key in fix.clears)[:1]
    text = f"{MOST_PROOFS} causes were tried; --fixes all works out a fix for this one, too."
    return known or (Fix(text=text),)


def _every(prover: Prover, finding: Finding) -> tuple[Fix, ...]:
    tried = [prover.proved(fix, finding.key) for fix in prover.candidates(finding)]
    return tuple(fix for fix in tried if fix.is_verified) or by_hand(prover, finding, tried)


def by_hand(prover: Prover, finding: Finding, tried: Iterable[Fix]) -> tuple[Fix, ...]:
    """What is said where nothing was proved: advice without commands, never a guess."""
    special = tuple(fix for fix in tried if not fix.ops)[:1]
    return special or (Fix(text=prover.advice(finding)),)


def _one_set(
    prover: Prover, cause: Cause, proved: list[Fix]
) -> Iterator[tuple[str, tuple[Fix, ...]]]:
    """The first proved fix for each finding; one that cleared it already is not asked again.

    Later fixes of a cause are worked out on a copy that has the earlier ones, so that two of them
    never take the same priority or name; each is proved alone.
    """
    chosen: list[Fix] = []
    for finding in cause.findings:
        known = next((fix for fix in proved if finding.key in fix.clears), None)
        if known is not None:
            yield finding.key, (known,)
            continue
        tried = []
        for fix in prover.candidates(finding, _with(prover, chosen)):
            tried.append(prover.proved(fix, finding.key))
            if tried[-1].is_verified:
                chosen.append(tried[-1])
                proved.append(tried[-1])
                break
        verified = tuple(fix for fix in tried if fix.is_verified)
        yield finding.key, verified or by_hand(prover, finding, tried)


def _with(prover: Prover, chosen: list[Fix]) -> Facts | None:
    """The facts of a copy with the fixes chosen so far; None where there are none."""
    ops: list[Op] = [op for fix in chosen for op in fix.ops]
    return prover.facts_with(ops) if ops else None
