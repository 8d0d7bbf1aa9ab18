"""Bundles what hangs on a hub: networks that fare alike become one box, faults stand out."""

from collections.abc import Sequence
from typing import NamedTuple

from pgtopo.model.ids import ArmId
from pgtopo.views.map.card import Limb
from pgtopo.views.map.cards import Writer
from pgtopo.views.map.holdings import holdings
from pgtopo.views.map.link_state import LinkKind
from pgtopo.views.map.links import Link
from pgtopo.views.map.scale import Scale
from pgtopo.views.signs import Sign

LEAST = 3
"""Networks that make a bundle."""


class Hanging(NamedTuple):
    """A network with the link it hangs on, and the links that are only written."""

    network: ArmId
    link: Link | None
    stubs: tuple[Link, ...] = ()


class _Likeness(NamedTuple):
    """What networks of one bundle have in common."""

    state: str
    sign: Sign
    has_servers: bool
    why: str
    """The check that found the worst; empty where nothing is wrong."""


def limbs(
    writer: Writer,
    head: str,
    hanging: Sequence[Hanging],
    scale: Scale,
    *,
    bundles: bool,
    opened: frozenset[str] = frozenset(),
) -> list[Limb]:
    """What hangs on a head, faults first; bundles only where they are wanted and not opened."""
    groups: dict[_Likeness, list[Hanging]] = {}
    alone: list[Hanging] = []
    for one in hanging:
        likeness = _likeness(writer, one) if bundles else None
        if likeness is None:
            alone.append(one)
        else:
            groups.setdefault(likeness, []).append(one)
    made: list[tuple[tuple[bool, Sign, int, str], Limb]] = []
    for likeness, members in groups.items():
        key = f"alike {head} {likeness.state} {likeness.sign.name} {likeness.has_servers}"
        key = f"{key} {likeness.why}".rstrip()
        if len(members) < LEAST or key in opened:
            alone += members
            continue
        made.append(_bundled(writer, key, likeness, members))
    made += [_alone(writer, one, scale) for one in alone]
    return [limb for _, limb in sorted(made, key=lambda item: item[0])]


def _likeness(writer: Writer, one: Hanging) -> _Likeness | None:
    """What makes a network like others; None where it has to stand alone."""
    state = one.link.state if one.link is not None else None
    if state is not None and state.is_fault:
        return None
    if any(link.state.is_fault for link in one.stubs) or writer.topology.find(one.network) is None:
        return None
    sign = writer.sign(one.network)
    why = writer.worst_check(one.network) if sign.is_fault else ""
    has_servers = bool(holdings(writer.desk.facts).of(one.network).servers)
    return _Likeness(state.value if state else "", sign, has_servers, why)


def _bundled(
    writer: Writer, key: str, likeness: _Likeness, members: list[Hanging]
) -> tuple[tuple[bool, Sign, int, str], Limb]:
    card = writer.bundle(key, [one.network for one in members], likeness.why)
    first = members[0].link
    limb = Limb(
        card=card,
        state=first.state if first is not None else None,
        kind=first.kind if first is not None else LinkKind.PEERING,
    )
    return (True, likeness.sign, 1, card.name), limb


def _alone(writer: Writer, one: Hanging, scale: Scale) -> tuple[tuple[bool, Sign, int, str], Limb]:
    card = writer.network(one.network, scale, one.stubs)
    link = one.link
    limb = Limb(
        card=card,
        state=link.state if link is not None else None,
        kind=link.kind if link is not None else LinkKind.PEERING,
        text=link.text if link is not None else "",
        ids=link.ids if link is not None else (),
    )
    is_fault = limb.state is not None and limb.state.is_fault
    is_fault = is_fault or any(stub.state.is_fault for stub in one.stubs)
    return (not is_fault, card.sign, 0, card.name.lower()), limb
