"""Changes that are being tried together, and what they did to the copy."""

from typing import NamedTuple

import msgspec

from pgtopo.checks.whatif import Outlook
from pgtopo.model.ids import ArmId
from pgtopo.model.patch import Op, Patch
from pgtopo.model.topology import Topology
from pgtopo.views.labels import full_name, name_in
from pgtopo.views.lines import (
    BLANK,
    Line,
    Piece,
    Tone,
    command,
    piece,
    title,
    to_problem,
    to_resource,
)
from pgtopo.views.literal import printable
from pgtopo.views.path import SIGNS
from pgtopo.views.signs import Sign, count
from pgtopo.views.whatif.option import Option

MOST = 200
"""Turned verdicts listed."""


class Trial(NamedTuple):
    """The changes made so far."""

    options: tuple[Option, ...] = ()

    @property
    def ops(self) -> tuple[Op, ...]:
        """All operations, in order."""
        return tuple(op for option in self.options for op in option.ops)

    @property
    def patch(self) -> Patch:
        """The same as a patch."""
        return Patch(ops=self.ops)

    @property
    def commands(self) -> tuple[str, ...]:
        """The same for Azure, as far as commands do it."""
        return tuple(one for option in self.options for one in option.commands)

    def script(self) -> str:
        """The commands as a text to paste; what none does stands as a comment."""
        lines = []
        for option in self.options:
            told = printable(option.text)
            if option.commands:
                lines += [f"# {told}", *option.commands]
            else:
                lines.append(f"# no command for this, change it by hand: {told}")
        return "\n".join(lines) + "\n"


def patch_text(trial: Trial) -> str:
    """The patch as `pgtopo whatif --apply` reads it."""
    return msgspec.json.format(msgspec.json.encode(trial.patch), indent=1).decode() + "\n"


def in_short(trial: Trial, outlook: Outlook) -> str:
    """What changed, in one line."""
    gained = sum(1 for cell in outlook.cells if cell.is_gained)
    lost = sum(1 for cell in outlook.cells if cell.is_lost)
    other = len(outlook.cells) - gained - lost
    parts = (
        (count(gained, "path") + " gained", gained),
        (count(lost, "path") + " lost", lost),
        (count(other, "path") + " otherwise", other),
        (count(len(outlook.cleared), "finding") + " less", len(outlook.cleared)),
        (count(len(outlook.added), "finding") + " more", len(outlook.added)),
    )
    told = ", ".join(text for text, number in parts if number) or "no verdict differs"
    return f"{count(len(trial.options), 'change')} on a copy: {told}"


def page(before: Topology, trial: Trial, outlook: Outlook) -> tuple[Line, ...]:
    """The changes, then every verdict gained and lost and every finding that comes or goes."""
    lines: list[Line] = [title("Tried on a copy; nothing is changed in Azure")]
    for option in trial.options:
        lines.append(Line((piece(option.text, Tone.STRONG),), 2, None, "", 2))
        lines += [command(one, 4) for one in option.commands]
    lines += _verdicts(before, outlook)
    lines += _findings(before, outlook)
    return tuple(lines)


def _verdicts(topology: Topology, outlook: Outlook) -> list[Line]:
    lines: list[Line] = []
    sorts = (
        ("gained", [c for c in outlook.cells if c.is_gained]),
        ("lost", [c for c in outlook.cells if c.is_lost]),
        ("other", [c for c in outlook.cells if not (c.is_gained or c.is_lost)]),
    )
    for word, cells in sorts:
        if not cells:
            continue
        servers = len({cell.server for cell in cells})
        clients = len({cell.client for cell in cells})
        told = f"{count(clients, 'client subnet')}, {count(servers, 'server')}"
        lines += [BLANK, title(f"{len(cells):,} verdicts {word}: {told}")]
        for cell in cells[:MOST]:
            ends = f"{full_name(topology, cell.client)} → {name_in(topology, cell.server)}"
            was = SIGNS[cell.before.verdict] if cell.before else Sign.NONE
            now = SIGNS[cell.after.verdict] if cell.after else Sign.NONE
            code = cell.after.code if cell.after and cell.after.code != "OK" else ""
            pieces = (
                Piece(f"{was.shown()} ", was.tone),
                Piece("→ ", Tone.DIM),
                Piece(f"{now.shown()}  " if cell.after else "gone  ", now.tone),
                piece(ends),
                piece(f"  {code}" if code else "", Tone.DIM),
            )
            lines.append(Line(pieces, 2, to_resource(ArmId(cell.server)), "", 7))
        if len(cells) > MOST:
            lines.append(Line((Piece(f"and {len(cells) - MOST:,} more", Tone.DIM),), 2))
    if not outlook.cells:
        lines += [BLANK, Line((Piece("No verdict of any client and server turns.", Tone.DIM),))]
    return lines


def _findings(topology: Topology, outlook: Outlook) -> list[Line]:
    lines: list[Line] = []
    for word, tone, found in (
        ("cleared", Tone.GOOD, outlook.cleared),
        ("added", Tone.BAD, outlook.added),
    ):
        if found:
            lines += [BLANK, title(f"{count(len(found), 'finding')} {word}")]
        for one in found[:MOST]:
            name = full_name(topology, one.subject)
            pieces = (Piece(f"{one.check} ", tone), piece(f"{name}: {one.message}"))
            target = to_problem(one.key) if word == "added" else to_resource(one.subject)
            lines.append(Line(pieces, 2, target, "", 2))
    if not outlook.cleared and not outlook.added:
        lines += [BLANK, Line((Piece("No finding comes or goes.", Tone.DIM),))]
    return lines
