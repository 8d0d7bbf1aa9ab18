"""The troubles of one finding by what decided them: each subnet under its own reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pgtopo.checks.pair_faults import Trouble

MOST_LOOKED_INTO = 12
"""So many clients of one finding are traced for their reason; of more, that is said."""


def by_reason(held: Iterable[Trouble]) -> tuple[list[list[Trouble]], list[Trouble]]:
    """The clients that one thing stops, each subnet once, in the order they were found.

    And those that were not looked into, where there are many.
    """
    places: dict[object, Trouble] = {}
    for one in held:
        places.setdefault(one.pair.subnet or one.pair.source, one)
    clients = list(places.values())
    found: dict[object, list[Trouble]] = {}
    for one in clients[:MOST_LOOKED_INTO]:
        step = one.step
        decided = step.decided_by
        mark = (step.stage, step.code, decided and (decided.resource, decided.property))
        found.setdefault(mark, []).append(one)
    return list(found.values()), clients[MOST_LOOKED_INTO:]
