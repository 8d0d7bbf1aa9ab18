"""The lines around the panes: where one is, what is partial, how servers fare, which keys work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from pgtopo.tui.bar import Chunk, chunk
from pgtopo.tui.keys import DialogKeys, Where, footer
from pgtopo.tui.paint import elided, ended
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.signs import Sign
from pgtopo.views.state import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgtopo.checks.whatif import Outlook
    from pgtopo.views.source import Badge
    from pgtopo.views.whatif.trial import Trial
    from pgtopo.views.workbench import Workbench

_STEP = " › "
_NARROW = 100
"""Below this width only the current screen is named, the others by their key."""
_GAP = "  "
"""What stands between the pieces of the status line."""
_KEPT = 2
"""Entries at the end of the last line that always stay: help, and how to leave."""
_LEAST = 12
"""Columns below which what goes on is left out of the status line rather than cut."""


def header(
    bench: Workbench, badge: Badge | None, width: int, veiled: Callable[[str], str]
) -> tuple[list[Chunk], list[Chunk]]:
    """Views and place at the left, the source at the right."""
    right = [chunk(badge.text, Tone.TITLE)] if badge is not None else []
    if badge is not None and badge.partial:
        right.append(chunk("  PARTIAL", Tone.RISK))
    left = [_view(view, is_here=view is bench.view, is_short=width < _NARROW) for view in View]
    left.append(chunk(" "))
    room = width - 2 - sum(cell_len(p.text) for c in (*left, *right) for p in c.pieces) - 1
    names = _fitting(tuple(map(veiled, bench.path())), room)
    for at, name in enumerate(names):
        if at:
            left.append(chunk(_STEP, Tone.DIM))
        left.append(chunk(name, Tone.STRONG if at == len(names) - 1 else Tone.PLAIN))
    return left, right


def _fitting(names: tuple[str, ...], room: int) -> tuple[str, ...]:
    """The narrowest places that fit, the last one cut in its middle where it must be."""
    while len(names) > 1 and cell_len(_STEP.join(names)) > room:
        names = names[1:]
    return tuple(elided(name, max(room, 5)) for name in names)


def _view(view: View, *, is_here: bool, is_short: bool) -> Chunk:
    word = "" if is_short and not is_here else f"{view.label} "
    pieces = (
        Piece(f"{view.value} ", Tone.TITLE if is_here else Tone.CODE),
        Piece(word, Tone.TITLE if is_here else Tone.DIM),
    )
    return Chunk(pieces, f"view_{view.name.lower()}")


def banner(badge: Badge) -> list[Chunk]:
    """What was not read."""
    return [
        chunk(f"{Sign.UNKNOWN.shown()} PARTIAL: ", Tone.RISK),
        chunk(f"{badge.partial}. What needs them answers unknown."),
    ]


def copy_badge() -> Badge:
    """What stands in place of the source while a changed copy is on show."""
    from pgtopo.views.source import Badge

    return Badge("WHAT IF: A COPY")


def trial_banner(trial: Trial, outlook: Outlook, width: int) -> tuple[list[Chunk], list[Chunk]]:
    """What was changed in the copy on show, and what that did; the keys for it at the right."""
    from pgtopo.views.whatif.trial import in_short

    told = [chunk("WHAT IF  ", Tone.STRONG), chunk(in_short(trial, outlook), Tone.STRONG)]
    if width < _NARROW:
        return told, [Chunk((Piece("W", Tone.CODE), Piece(" shows it")), "trial")]
    return told, [
        Chunk((Piece("W", Tone.CODE), Piece(" shows, keeps, leaves  ")), "trial"),
        Chunk((Piece("w", Tone.CODE), Piece(" changes more")), "what_if"),
    ]


def status_line(pieces: tuple[Piece, ...], width: int) -> list[Chunk]:
    """The pieces of the status line with room between them, as many as fit whole.

    A message in front and what goes on at the end are cut at their own end instead.
    """
    from pgtopo.views.status import ASIDE

    chunks: list[Chunk] = []
    room = width - 2
    for at, one in enumerate(pieces):
        room -= len(_GAP) if at else 0
        is_cut = not at or (one.tone is Tone.DIM and room >= _LEAST)
        shown = one._replace(text=ended(one.text, room)) if is_cut else one
        room -= cell_len(shown.text)
        if room < 0:
            break
        if at:
            chunks.append(chunk(_GAP))
        chunks.append(Chunk((shown,), "set_aside" if one.text.endswith(ASIDE) else ""))
    return chunks


def keys_line(where: Where, width: int) -> list[Chunk]:
    """The keys of what has focus; those before help give way where there is no room for all."""
    entries = list(footer(where))
    room = width - 2
    while len(entries) > _KEPT and sum(len(f"{k} {w}  ") for k, w, _ in entries) - 2 > room:
        del entries[-_KEPT - 1]
    return [
        Chunk((Piece(key, Tone.CODE), Piece(f" {word}  ", Tone.DIM)), action)
        for key, word, action in entries
    ]


def dialog_line(keys: DialogKeys) -> list[Chunk]:
    """The keys of the dialog that is open."""
    return [Chunk((Piece(key, Tone.CODE), Piece(f" {word}  ", Tone.DIM))) for key, word in keys]


def bare_header() -> list[Chunk]:
    """The first line while no estate is open."""
    return [chunk("pgtopo", Tone.TITLE)]
