"""The first screen: what can be opened, and how to get something to open."""

from typing import NamedTuple

from pgtopo.sources.azure.request import Request
from pgtopo.views.lines import Piece, Tone, piece


class Offer(NamedTuple):
    """A part of Azure that can be asked for."""

    label: str
    note: str
    """What is known of its last result; empty where there is none."""
    request: Request


class StartRow(NamedTuple):
    """One row; with a path or a request where it opens something."""

    pieces: tuple[Piece, ...] = ()
    path: str = ""
    request: Request | None = None

    @property
    def opens(self) -> bool:
        """Whether it can be chosen."""
        return bool(self.path) or self.request is not None


def start_rows(
    demo: str, recent: tuple[str, ...], scopes: tuple[Offer, ...] = ()
) -> tuple[StartRow, ...]:
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
    if scopes:
        rows.append(StartRow((Piece("Ask Azure", Tone.DIM),)))
        rows += [_scope(offer) for offer in scopes]
        rows.append(StartRow())
    if recent:
        rows.append(StartRow((Piece("Opened lately", Tone.DIM),)))
        rows += [StartRow((piece(path),), path) for path in recent]
        rows.append(StartRow())
    rows += [
        StartRow((Piece("Look at your own", Tone.DIM),)),
        StartRow((Piece("pgtopo collect -o estate.json.zst", Tone.CODE),)),
        StartRow((Piece("pgtopo estate.json.zst", Tone.CODE),)),
        StartRow(),
        StartRow(
            (Piece("Nothing is ever changed in Azure, and no data leaves this machine.", Tone.DIM),)
        ),
    ]
    return tuple(rows)


def _scope(offer: Offer) -> StartRow:
    note = (piece(f"   {offer.note}", Tone.DIM),) if offer.note else ()
    return StartRow((piece(offer.label), *note), request=offer.request)
