"""Fixes as documents and panes show them."""

from typing import Any

import msgspec

from pgtopo.checks.fix import Change, Fix, proved_how
from pgtopo.model.topology import Topology


class TurnedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A declared client whose verdict a fix turns."""

    client: str
    server: str
    before: str
    after: str


class FixItem(msgspec.Struct, frozen=True, kw_only=True):
    """One fix; its commands may be pasted as they are."""

    text: str
    commands: list[str]
    verified: bool
    clears: list[str]
    adds: list[str]
    patch: dict[str, Any] | None
    effect: str
    risk: str
    roll_back: list[str]
    needs: list[str]
    gained: list[TurnedItem]
    lost: list[TurnedItem]
    note: str
    """Where it clears a fault and lets nobody through: that, and what else is in the way."""
    rests_on: list[str]
    """What was made first in the copy and is not proved itself."""
    proof: str
    """How far the proof goes, where that is less far than it goes as a rule."""
    how: str
    """The same in a few words; empty where nothing is proved."""


def fix_item(topology: Topology, fix: Fix) -> FixItem:
    """A fix, ids as first seen."""
    patch = fix.patch if fix.is_verified else None
    return FixItem(
        text=fix.text,
        commands=list(fix.commands) if fix.is_verified or fix.rests_on else [],
        verified=fix.is_verified,
        clears=list(fix.clears),
        adds=list(fix.adds),
        patch=msgspec.to_builtins(patch) if patch is not None else None,
        effect=fix.effect,
        risk=fix.risk,
        roll_back=list(fix.roll_back) if fix.is_verified or fix.rests_on else [],
        needs=list(fix.needs),
        gained=[_turned(topology, one) for one in fix.gained],
        lost=[_turned(topology, one) for one in fix.lost],
        note=fix.note,
        rests_on=list(fix.rests_on),
        proof=fix.proof,
        how=proved_how(fix),
    )


def _turned(topology: Topology, change: Change) -> TurnedItem:
    return TurnedItem(
        client=change.client,
        server=topology.display(change.server),
        before=change.before,
        after=change.after,
    )
