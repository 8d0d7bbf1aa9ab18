"""The lines that tell of a collection: how far it is, what it brought, what is missing."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.cli import notices
from pgtopo.views.kinds import plural_of
from pgtopo.views.signs import count

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Collected, Gap, Progress

_SHOWN = 8
"""Causes told one by one."""
_KINDS = 3


def progress(state: Progress) -> str:
    """How far a collection is, in one line."""
    words = [
        f"{state.elapsed:4.0f} s",
        state.stage.value,
        f"{state.parts_done}/{state.parts_total}",
        f"{state.query} page {state.page}" if state.page > 1 else state.query,
        count(state.rows, "row"),
        f"{state.bytes / 1e6:.1f} MB",
    ]
    if state.quota_left is not None:
        words.append(f"quota {state.quota_left}")
    if state.failed:
        words.append(f"{state.failed} failed")
    if state.waiting:
        words.append(f"waiting {state.waiting:.0f} s as Azure asks")
    return " · ".join(word for word in words if word)


def tell(found: Collected, target: Path | None) -> None:
    """What was collected, and what is missing."""
    for note in found.notes:
        notices.warn(note)
    _tell_gaps(found)
    if found.is_cancelled:
        notices.say("pgtopo: interrupted")
    if target is None:
        notices.say("pgtopo: nothing was read, and no file was written")
        return
    answered = found.scope.get("answered")
    scopes = count(len(answered) if isinstance(answered, list) else 0, "subscription")
    notices.say(f"pgtopo: wrote {target}: {count(len(found.rows), 'row')} of {scopes}")
    if not found.is_whole:
        again = f"pgtopo collect --resume {shlex.quote(str(target))}"
        notices.say(f"pgtopo: hint: {again} asks for what is missing")


def _tell_gaps(found: Collected) -> None:
    missing = {f"/subscriptions/{name}" for name in found.scope.get("missing", ())}
    causes: dict[tuple[str, str], list[Gap]] = {}
    for gap in found.gaps:
        if gap.scope not in missing:
            causes.setdefault((gap.status, gap.detail), []).append(gap)
    for (status, detail), gaps in list(causes.items())[:_SHOWN]:
        notices.warn(f"{_what(gaps)}: {status}: {detail}")
    if len(causes) > _SHOWN:
        notices.warn(f"{count(len(causes) - _SHOWN, 'more cause')}, all in the file's coverage")


def _what(gaps: list[Gap]) -> str:
    kinds = list(dict.fromkeys(gap.kind for gap in gaps))
    named = ", ".join(plural_of(kind) for kind in kinds[:_KINDS])
    more = f" and {count(len(kinds) - _KINDS, 'more kind')}" if len(kinds) > _KINDS else ""
    scopes = {gap.scope for gap in gaps}
    return f"{named}{more} of {next(iter(scopes)) if len(scopes) == 1 else f'{len(scopes)} scopes'}"
