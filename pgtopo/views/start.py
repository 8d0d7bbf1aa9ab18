"""The first screen: what can be opened, and how to get something to open."""

from typing import NamedTuple

from pgtopo.views.lines import Piece, Tone, piece


class StartRow(NamedTuple):
    """One row; with a path where it opens something."""

    pieces: tuple[Piece, ...] = ()
    path: str = ""


def start_rows(demo: str, recent: tuple[str, ...]) -> tuple[StartRow, ...]:
    """The rows of the first screen."""
    rows = [
        StartRow(),
        StartRow((Piece("pgtopo", Tone.TITLE),)),
        StartRow((Piece("Why can this client not reach that PostgreSQL server?"),)),
        StartRow(),
    ]
    if demo:
        rows += [
            StartRow((Piece("Look around", Tone.DIM),)),
            StartRow((Piece("Open the demo estate: a company with broken servers"),), demo),
            StartRow(),
        ]
    if recent:
        rows.append(StartRow((Piece("Opened lately", Tone.DIM),)))
        rows += [StartRow((piece(path),), path) for path in recent]
        rows.append(StartRow())
    rows += [
        StartRow((Piece("Look at your own", Tone.DIM),)),
        StartRow(
            (Piece("az graph query --first 1000 -q 'resources' -o json > estate.json", Tone.CODE),)
        ),
        StartRow((Piece("pgtopo estate.json", Tone.CODE),)),
        StartRow(),
        StartRow(
            (Piece("Nothing is ever changed in Azure, and nothing leaves this machine.", Tone.DIM),)
        ),
    ]
    return tuple(rows)
