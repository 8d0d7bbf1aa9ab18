"""One fix: what to change, with the commands, and what a copy of the estate said about it."""

import msgspec

from pgtopo.model.ids import ArmId
from pgtopo.model.patch import Op, Patch

_ON_TOP = (
    "It could not be proved by itself. It works on a copy in which this is made first, and that"
    " is not proved:"
)
_RETRACED = (
    "In an estate of this size the proof is this path, traced again on a copy. The checks were not"
    " run there, so a new fault elsewhere would not show; 'pgtopo whatif' with the patch runs them."
)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict that a fix turns, for one declared client and one server."""

    client: str
    server: ArmId
    before: str
    after: str


class Fix(msgspec.Struct, frozen=True, kw_only=True):
    """What would mend a fault; proved only where `is_verified`.

    A remedy fills what is known beforehand. Where nothing can be done in the data (a new server is
    needed, somebody else owns the setting), the text says what to do and there are no operations.
    """

    text: str
    """One sentence: what to do."""
    ops: tuple[Op, ...] = ()
    """The same change, for a copy of the estate."""
    commands: tuple[str, ...] = ()
    roll_back: tuple[str, ...] = ()
    """What takes it back."""
    effect: str = ""
    """What it opens, closes or interrupts."""
    risk: str = ""
    needs: tuple[str, ...] = ()
    """Role actions the one who runs it must have."""
    is_verified: bool = False
    """Applied to a copy, the finding is gone and no new error or warning is there."""
    rests_on: tuple[str, ...] = ()
    """What was made first in the copy and is not proved itself: then this is not proved either."""
    is_retraced_only: bool = False
    """Whether the copy was traced again, and not asked what all checks say of it."""
    clears: tuple[str, ...] = ()
    """Keys of findings that are gone in the copy."""
    adds: tuple[str, ...] = ()
    """Keys of findings that are new in the copy."""
    gained: tuple[Change, ...] = ()
    """Declared clients that get through in the copy."""
    lost: tuple[Change, ...] = ()
    """Declared clients that no longer do."""
    note: str = ""
    """What the fix alone does not bring, where it clears a fault and lets nobody through."""

    @property
    def proof(self) -> str:
        """How far the proof goes, where that is less far than it goes as a rule."""
        told = []
        if self.rests_on:
            first = " ".join(self.rests_on)
            told.append(f"{_ON_TOP} {first} Trace again once that is made.")
        if self.is_retraced_only:
            told.append(_RETRACED)
        return " ".join(told)

    @property
    def patch(self) -> Patch | None:
        """The change as a patch; None where there is none to apply."""
        return Patch(ops=self.ops) if self.ops else None


def proved_how(fix: Fix) -> str:
    """What can be said of a fix's proof in a few words; nothing where there is none."""
    if fix.rests_on:
        return "proved only together with what is not proved"
    if not fix.is_verified:
        return ""
    return "proved on a copy for this path alone" if fix.is_retraced_only else "proved on a copy"
