"""Fixes as the interface shows them: what to do, what a copy of the estate said, the commands."""

from collections.abc import Iterable

from pgtopo.checks.causes import Depth, fixes
from pgtopo.checks.fix import Change, Fix
from pgtopo.errors import PgtopoError
from pgtopo.model.ids import ArmId
from pgtopo.model.topology import Topology
from pgtopo.views.desk import Desk
from pgtopo.views.labels import name_in
from pgtopo.views.lines import BLANK, Line, Piece, Tone, command, piece, title
from pgtopo.views.path import SIGNS, verdict_piece
from pgtopo.views.signs import Sign, count

_MOST = 3
"""Fixes shown of one finding; the first opens least."""

TRYING = (BLANK, title("Fix"), Line((Piece("Trying fixes on a copy of the estate ...", Tone.DIM),)))

ASK = (
    BLANK,
    title("Fix"),
    Line((Piece("a tries fixes on a copy; on an estate this big that takes a while.", Tone.DIM),)),
)
"""What stands in place of fixes where they are tried only when asked for."""


def can_fix(desk: Desk, key: str) -> bool:
    """Whether fixes of a finding can be looked for."""
    found = desk.findings.get(key)
    return desk.workshop is not None and found is not None and found.is_fail


def of_finding(desk: Desk, key: str) -> tuple[Line, ...]:
    """The fixes of a finding, tried on copies; slow, so it is called behind the screen."""
    found = desk.findings.get(key)
    if desk.workshop is None or found is None:
        return ()
    proved = fixes(desk.workshop.prover(), (found,), Depth.ALL).get(key, ())
    return laid_out(desk.topology, proved)


def of_path(desk: Desk, client: str, server: ArmId) -> tuple[Line, ...]:
    """What opens a blocked path, tried on copies; slow, so it is called behind the screen."""
    if desk.workshop is None:
        return ()
    try:
        found = desk.workshop.path_fixes(client, server)
    except PgtopoError:
        return ()
    lines = list(laid_out(desk.topology, found.fixes))
    if found.verdict is not None:
        told = (Piece("With all of it the path is  ", Tone.DIM), verdict_piece(found.verdict))
        lines += [BLANK, Line(told)]
    return tuple(lines)


def laid_out(topology: Topology, proved: Iterable[Fix]) -> tuple[Line, ...]:
    """Fixes as lines; commands stand only where a copy proved them."""
    lines: list[Line] = []
    for fix in tuple(proved)[:_MOST]:
        lines += [BLANK, _head(fix), Line((piece(fix.text),))]
        if fix.is_verified or fix.rests_on:
            lines += _commands("", fix.commands)
        lines += [_fact("Effect", fix.effect), _fact("Risk", fix.risk), *_tried(fix)]
        lines += [_fact("But", fix.note), _fact("Proof", fix.proof)]
        lines += [_turned(topology, one) for one in (*fix.gained, *fix.lost)]
        if (fix.is_verified or fix.rests_on) and fix.roll_back:
            lines += _commands("Taken back with", fix.roll_back)
    return tuple(line for at, line in enumerate(lines) if line.pieces or _is_gap(lines, at))


def _is_gap(lines: list[Line], at: int) -> bool:
    return lines[at] is BLANK


_PROVED = Line((Piece("Fix  ", Tone.TITLE), Piece("✔ PROVED on a copy", Tone.GOOD)))


def is_proved(line: Line) -> bool:
    """Whether a line is the head of a fix that a copy proved."""
    return line == _PROVED


def _head(fix: Fix) -> Line:
    if fix.is_verified:
        return _PROVED
    if fix.rests_on:
        return Line((Piece("Fix  ", Tone.TITLE), Piece("? PROVED WITH OTHERS ONLY", Tone.UNKNOWN)))
    if fix.ops:
        return Line((Piece("Fix  ", Tone.TITLE), Piece("? NOT PROVED", Tone.UNKNOWN)))
    return Line((Piece("Fix  ", Tone.TITLE), Piece("by hand: nothing to prove", Tone.DIM)))


def _commands(head: str, commands: Iterable[str]) -> list[Line]:
    lines = [Line((Piece(head, Tone.DIM),))] if head else []
    return [*lines, *(command(one) for one in commands)]


def _fact(name: str, text: str) -> Line:
    if not text:
        return Line()
    return Line((Piece(f"{name:<8}", Tone.DIM), piece(text)), 0, None, "", 8)


def _tried(fix: Fix) -> list[Line]:
    """What the copy said beside the finding itself."""
    told = []
    if len(fix.clears) > 1:
        others = f"{count(len(fix.clears) - 1, 'other finding')} with it"
        told.append(Line((Piece("Clears  ", Tone.DIM), Piece(others, Tone.GOOD))))
    if fix.adds:
        told.append(Line((Piece("Adds    ", Tone.DIM), piece(", ".join(fix.adds[:3]), Tone.RISK))))
    return told


def _turned(topology: Topology, change: Change) -> Line:
    sign = next((s for v, s in SIGNS.items() if v.value == change.after), Sign.UNKNOWN)
    ends = f"{change.client} → {name_in(topology, change.server)}"
    words = f"  {change.before} → {change.after}"
    return Line((Piece("Turns   ", Tone.DIM), piece(ends), Piece(words, sign.tone)))
