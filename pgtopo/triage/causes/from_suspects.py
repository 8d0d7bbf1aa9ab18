"""Puts peerings that are down or missing first, as far as the data shows it without any copy.

Trying on copies takes a while in a big estate. What is said here stands until then, and where no
copy can be made.
"""

from collections.abc import Iterable, Sequence

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import PathVerdict
from pgtopo.analysis.verdict import Step, Verdict
from pgtopo.checks.path_dns_remedies import unreached
from pgtopo.checks.path_upstream import Suspect, suspects
from pgtopo.model.ids import ArmId
from pgtopo.model.net import parse_address
from pgtopo.model.network import Peering, VirtualNetwork
from pgtopo.triage.causes.cause import Cause, Certainty, Clue
from pgtopo.triage.causes.from_upstream import LEADS, cause_of, weight_of
from pgtopo.triage.causes.scene import Scene

_LOOKS = frozenset(
    {
        *("NO_ROUTE", "NEXT_HOP_OUT_OF_REACH", "NSG_DEFAULT_DENY"),
        *("PEERING_NOT_CONNECTED", "PEERING_NOT_SYNCED", "PEERING_ACCESS_OFF"),
    }
)
"""What it looks like where a peering carries nothing: its ranges leave routes and tags."""
_UNTRIED = Clue(
    text="What blocks now is what a peering in this state leaves behind. That mending it opens the"
    " path was not tried on a copy."
)


def with_suspects(facts: Facts, scene: Scene, causes: Iterable[Cause]) -> list[Cause]:
    """The weighed causes with the peerings first that they may well come from; nothing is proved.

    A peering that is not there may be meant to be so: it leads only where several steps look like
    its lack.
    """
    found, path = list(causes), scene.path
    if path is None or path.verdict not in (Verdict.BLOCKED, Verdict.MIXED):
        return found
    for at, suspect in enumerate(suspects(facts, path)):
        seen = _witnesses(facts, path, suspect)
        if not seen:
            continue
        own = next((one for one in found if _is_told(facts, one, suspect)), None)
        lead = own or cause_of(facts, path, suspect)
        weight = max(weight_of(scene, step) for step in seen) + LEADS - at
        led = msgspec.structs.replace(
            lead,
            weight=max(weight, lead.weight),
            certainty=lead.certainty if own is not None else Certainty.LIKELY,
            evidence=(*lead.evidence, _UNTRIED),
        )
        found = [*(one for one in found if one is not own), led]
    return found


def _witnesses(facts: Facts, path: PathVerdict, suspect: Suspect) -> Sequence[Step]:
    """The blocked steps that look like what a suspect leaves behind; none where they are too few.

    A name that fails counts where its DNS server is behind the peering.
    """
    halves = facts.topology.get(Peering, suspect.resource)
    sides = (halves.network, halves.remote) if halves is not None else ()
    is_asked = halves is None or _is_asked_there(facts, path, sides)
    seen = [
        step
        for step in path.steps
        if step.verdict is Verdict.BLOCKED
        and (step.code in _LOOKS or (step.code == "DNS_SERVER_UNREACHABLE" and is_asked))
    ]
    others = [step for step in seen if step.code != suspect.code]
    return seen if suspect.least < 2 or len(others) >= suspect.least else ()


def _is_asked_there(facts: Facts, path: PathVerdict, sides: Iterable[ArmId | None]) -> bool:
    """Whether a DNS server that is out of reach has its address in one of two networks."""
    spaces = [
        held.space
        for side in sides
        if (held := facts.topology.get(VirtualNetwork, side)) is not None
    ]
    return any(
        asked.step.code in _LOOKS
        and (address := parse_address(asked.address)) is not None
        and any(address in space for space in spaces)
        for part in path.client.parts
        for asked in unreached(facts, part)
    )


def _is_told(facts: Facts, cause: Cause, suspect: Suspect) -> bool:
    """Whether a step of the path names the same fault already."""
    if cause.step is None or cause.code != suspect.code:
        return False
    half = facts.topology.get(Peering, suspect.resource)
    other = facts.topology.reverse_of(half) if half is not None else None
    return half is None or cause.resource in (half.id, other.id if other is not None else None)
