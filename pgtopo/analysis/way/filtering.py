"""What the filters at one place do to the packets of a walk, translated or not."""

import msgspec

from pgtopo.analysis.assumptions import assume
from pgtopo.analysis.facts import Facts
from pgtopo.analysis.filters.in_order import Gate, Passage, gate_steps
from pgtopo.analysis.filters.nsg import Direction
from pgtopo.analysis.filters.sides import AddressSide
from pgtopo.analysis.shares import Shares, once
from pgtopo.analysis.verdict import Stage, Step, Verdict
from pgtopo.analysis.way.crossing import Service
from pgtopo.analysis.way.walk_state import Walk, unknown
from pgtopo.model.ids import ArmId
from pgtopo.model.net import ANY_V4


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters at one place, and how they are asked."""

    gate: Gate
    direction: Direction
    service: Service
    stage: Stage
    network: ArmId | None = None
    """Where the packets go."""


def filtered(facts: Facts, walk: Walk, filters: Filters) -> Shares:
    """The clients of a walk split by what the filters do to their packets.

    Unknown when: an appliance was passed that may translate the source, or that translates it to
    one of several addresses, and the filters treat these differently.
    """
    if walk.is_blind:
        return _blind(facts, walk, filters)
    shares = _asked(facts, walk.wire, walk, filters)
    if walk.wire.addresses == walk.clients:
        return shares
    steps = once(tuple(step for _, found in shares for step in found))
    if len({one.verdict for one in steps}) > 1:
        text = "The filters treat the addresses an appliance may show differently."
        return [(walk.clients, (unknown(filters.stage, "SNAT_ADDRESS_CHOICE", text), *steps))]
    return [(walk.clients, steps)]


def _asked(facts: Facts, wire: AddressSide, walk: Walk, filters: Filters) -> Shares:
    passage = Passage(
        source=wire,
        destination=AddressSide(addresses=walk.targets, network=filters.network),
        port=filters.service[1],
        protocol=filters.service[0],
    )
    return gate_steps(facts, filters.gate, filters.direction, passage, filters.stage)


def _blind(facts: Facts, walk: Walk, filters: Filters) -> Shares:
    """Behind an appliance that may translate only a refusal of every source is certain."""
    found = _asked(facts, AddressSide(addresses=ANY_V4), walk, filters)
    refusals = [one for _, steps in found for one in steps if one.verdict is Verdict.BLOCKED]
    if all(any(s.verdict is Verdict.BLOCKED for s in steps) for _, steps in found):
        return [(walk.clients, tuple(refusals[:1]))]
    own = AddressSide(addresses=walk.clients, network=walk.wire.network)
    shares = _asked(facts, own, walk, filters)
    return [(share, tuple(softened(one) for one in steps)) for share, steps in shares]


def softened(step: Step) -> Step:
    """What is left of a step that SNAT at an appliance could still cure."""
    if step.verdict is not Verdict.BLOCKED:
        return step
    text = f"Without SNAT: blocked. {step.text}"
    note = assume("APPLIANCE_SNAT", text)
    return msgspec.structs.replace(
        step, verdict=Verdict.UNKNOWN, text=text, assumptions=(*step.assumptions, note)
    )
