"""The status line: how many servers there are and how they fare, as far as that is known."""

from pgtopo.model.server import FlexibleServer
from pgtopo.model.topology import Topology
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.problems import Problems
from pgtopo.views.signs import Sign, count

ASIDE = " set aside"
"""How the piece ends that says how many rows could not be read."""

_WORDS = (
    (Sign.BAD, "faulty"),
    (Sign.MIXED, "mixed"),
    (Sign.RISK, "at risk"),
    (Sign.UNKNOWN, "unknown"),
    (Sign.GOOD, "fine"),
)


def server_signs(topology: Topology, problems: Problems) -> dict[Sign, int]:
    """How many servers carry each sign; empty while the checks still run."""
    found: dict[Sign, int] = {}
    if problems.is_complete:
        for server in topology.all(FlexibleServer):
            sign = min(problems.sign(server.id), Sign.GOOD)
            found[sign] = found.get(sign, 0) + 1
    return found


def status(
    topology: Topology, signs: dict[Sign, int], *, hidden: int = 0, note: str = "", aside: str = ""
) -> tuple[Piece, ...]:
    """The pieces of the status line: what was just done first, what goes on last."""
    servers = len(topology.all(FlexibleServer))
    pieces = [Piece(count(servers, "server"), Tone.STRONG)]
    if note:
        pieces.insert(0, Piece(note, Tone.CODE))
    for sign, word in _WORDS:
        if signs.get(sign):
            pieces.append(Piece(f"{sign.shown()} {signs[sign]:,} {word}", sign.tone))
    if hidden:
        pieces.append(Piece(f"{hidden:,} hidden by filter", Tone.UNKNOWN))
    if topology.set_aside:
        pieces.append(Piece(f"{count(len(topology.set_aside), 'row')}{ASIDE}", Tone.RISK))
    if aside:
        pieces.append(Piece(aside, Tone.DIM))
    return tuple(pieces)
