"""What is said while files are read, and where that ended badly."""

from typing import NamedTuple

from pgtopo.views.lines import BLANK, Line, Piece, Tone, piece
from pgtopo.views.literal import printable

_BAR = 40


class Reading(NamedTuple):
    """How far the reading has come."""

    file: str
    bytes_done: int = 0
    bytes_total: int = 0
    rows: int = 0
    seconds: float = 0.0
    stage: str = "Reading"


def loading(work: Reading) -> tuple[Line, ...]:
    """The screen while files are read."""
    lines = [
        Line((Piece(f"{work.stage} ", Tone.STRONG), piece(work.file, Tone.STRONG))),
        BLANK,
    ]
    if work.bytes_total:
        share = min(1.0, work.bytes_done / work.bytes_total)
        full = int(share * _BAR)
        bar = (Piece("█" * full, Tone.GOOD), Piece("░" * (_BAR - full), Tone.DIM))
        lines.append(Line((*bar, Piece(f" {share:4.0%}"))))
    amount = f"{work.bytes_done / 1e6:,.1f} MB"
    if work.bytes_total:
        amount += f" of {work.bytes_total / 1e6:,.1f} MB"
    lines.append(Line((Piece(f"{amount}   {work.rows:,} rows   {work.seconds:.1f} s"),)))
    lines += [BLANK, Line((Piece("esc cancels, q leaves", Tone.DIM),))]
    return tuple(lines)


def failed(file: str, cause: str, hint: str) -> tuple[Line, ...]:
    """The screen after a file could not be read."""
    lines = [Line((Piece("✖ Could not open ", Tone.BAD), piece(file, Tone.BAD))), BLANK]
    lines.append(Line((piece(cause),)))
    if hint:
        lines.append(Line((piece(hint, Tone.DIM),)))
    lines += [BLANK, Line((Piece("esc goes to the start screen, q leaves", Tone.DIM),))]
    return tuple(lines)


def cancelled(file: str) -> tuple[Line, ...]:
    """The screen after reading was cancelled."""
    return (
        Line((Piece(f"Stopped reading {printable(file)}", Tone.STRONG),)),
        BLANK,
        Line((Piece("esc goes to the start screen, q leaves", Tone.DIM),)),
    )
