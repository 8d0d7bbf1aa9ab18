"""Rows that could not be read: how many, why, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.views.lines import BLANK, Line, Piece, Tone, piece, title
from pgtopo.views.signs import count

if TYPE_CHECKING:
    from pgtopo.model.base import SetAside
    from pgtopo.model.topology import Topology

MOST = 200
"""Rows listed for one reason."""


def left_out(rows: int, fields: int) -> str:
    """How many rows were set aside, and how many fields of others could not be read, if any."""
    unread = f", {count(fields, 'field')} could not be read" if fields else ""
    return f"{count(rows, 'row')} set aside{unread}"


def page(topology: Topology, notes: tuple[str, ...] = ()) -> tuple[Line, ...]:
    """The rows set aside, by reason; then fields that were left out, and notes of the reader."""
    by_reason: dict[str, list[SetAside]] = {}
    for aside in topology.set_aside:
        by_reason.setdefault(aside.reason, []).append(aside)
    lines: list[Line] = []
    for reason, asides in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0])):
        lines += [BLANK] if lines else []
        lines.append(Line((piece(f"{count(len(asides), 'row')}: {reason}", Tone.RISK),)))
        for aside in asides[:MOST]:
            lines.append(Line((piece(f"{aside.where} of {aside.source}"),), 2))
        if len(asides) > MOST:
            lines.append(Line((Piece(f"and {len(asides) - MOST:,} more", Tone.DIM),), 2))
    if not lines:
        lines.append(Line((Piece("Every row was read.", Tone.GOOD),)))
    if topology.issues:
        lines += [BLANK, title(f"{count(len(topology.issues), 'field')} left out of rows")]
        for issue in topology.issues[:MOST]:
            lines.append(Line((piece(f"{issue.resource} {issue.path}: {issue.reason}"),), 2))
    if notes:
        lines += [BLANK, title("Notes of the reader")]
        lines += [Line((piece(note),), 2, None, "", 2) for note in notes]
    return tuple(lines)
