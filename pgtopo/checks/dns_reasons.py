"""Why the subnets of a network do not reach their DNS servers: each subnet under its own reason."""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.networks.peerings import Usable, peering_state
from pgtopo.analysis.verdict import Evidence
from pgtopo.checks.pair_faults import Trouble, clients_words, why_counted
from pgtopo.checks.path_dns_remedies import Asked, unreached
from pgtopo.checks.reading import peering_words
from pgtopo.checks.server_needs import mended, sentence
from pgtopo.model.ids import ArmId
from pgtopo.model.net import parse_address
from pgtopo.model.network import VirtualNetwork

_SHOWN = 4
_NO_PEERING = frozenset(
    {"NSG_DEFAULT_DENY", "NO_ROUTE", "NEXT_HOP_OUT_OF_REACH", "PEERING_NOT_CONNECTED"}
)
"""What a peering that is down looks like: its ranges leave the VirtualNetwork tag and routes."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why some clients do not reach their DNS server."""

    text: str
    blamed: ArmId | None = None
    evidence: tuple[Evidence, ...] = ()

    def __hash__(self) -> int:
        return hash((self.text, self.blamed))  # the values of evidence may be lists


def reasons(facts: Facts, held: Iterable[Trouble]) -> dict[Reason, list[Trouble]]:
    """The clients by reason, in the order they were found; each subnet once."""
    found: dict[Reason, list[Trouble]] = {}
    told: set[object] = set()
    for one in held:
        place = (one.pair.subnet, one.pair.source)
        if place not in told:
            told.add(place)
            found.setdefault(_reason(facts, one), []).append(one)
    return found


def _reason(facts: Facts, trouble: Trouble) -> Reason:
    asked = next(iter(unreached(facts, trouble.pair.part)), None)
    if asked is None:
        decided = trouble.step.decided_by
        evidence = (decided,) if decided is not None else ()
        blamed = mended(decided.resource) if decided is not None else None
        return Reason(text=sentence(trouble.step.text), blamed=blamed, evidence=evidence)
    to = f"DNS server {asked.address} cannot be reached on port 53"
    down = _peering_down(facts, trouble.pair.network, asked)
    if down is not None:
        told, seen = down
        return Reason(text=f"{to}: {told}", blamed=seen.resource, evidence=(seen,))
    decided = asked.step.decided_by
    return Reason(
        text=f"{to}: {sentence(asked.step.text)}",
        blamed=mended(decided.resource) if decided is not None else None,
        evidence=(decided,) if decided is not None else (),
    )


def _peering_down(facts: Facts, network: ArmId | None, asked: Asked) -> tuple[str, Evidence] | None:
    """The peering towards the address that is lost, where that is down; None for other reasons."""
    if network is None or asked.step.code not in _NO_PEERING:
        return None
    text = asked.address
    if asked.step.code == "NEXT_HOP_OUT_OF_REACH" and asked.step.decided_by is not None:
        text = str(asked.step.decided_by.value)
    address = parse_address(text)
    for peering in facts.topology.peerings_of(network):
        remote = facts.topology.get(VirtualNetwork, peering.remote)
        if address is None or remote is None or address not in remote.space:
            continue
        state = peering_state(facts, peering)
        if state.usable is Usable.NO:
            seen = Evidence(peering.id, "properties.peeringState", peering.state or None)
            return f"{peering_words(facts, peering)} {state.text}.", seen
    return None


def words(facts: Facts, found: dict[Reason, list[Trouble]]) -> str:
    """Which clients get no answer from their DNS servers, each group with its own reason."""
    first = next(iter(found.values()))[0].pair
    parts = [
        f"{clients_words(facts, held)}: {reason.text}"
        for reason, held in list(found.items())[:_SHOWN]
    ]
    left = [one for held in list(found.values())[_SHOWN:] for one in held]
    more = f" {clients_words(facts, left)}: other reasons of the kind." if left else ""
    return (
        f"No DNS server answers, so the name of server {first.server.name} fails."
        f" {' '.join(parts)}{more}{why_counted(first)}"
    )
