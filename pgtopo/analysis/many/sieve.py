"""Ordered rules over many destinations at once: which rule decides each, as sets of bits.

The same as the evaluation of boxes of addresses, for one sender whom every rule takes whole or not
at all.
"""

from collections.abc import Iterable
from typing import NamedTuple

from pgtopo.analysis.filters.sides import Symbol
from pgtopo.analysis.many.bits import Mask
from pgtopo.analysis.many.outs import Out


class Reach(NamedTuple):
    """What a rule's destination covers."""

    certain: Mask
    cut: Mask
    """Places of which it covers some addresses only."""
    open: tuple[tuple[Symbol, Mask], ...] = ()
    """Places it covers only if the symbol holds."""


class Verse(NamedTuple):
    """One rule as far as it matters here."""

    allows: bool
    code: str
    """What it is called where it denies."""
    reach: Reach


class Sifted(NamedTuple):
    """Destinations by what an ordered list of rules says."""

    outs: dict[Out, Mask]
    cut: Mask
    """Left to a closer look."""


def sift(verses: Iterable[Verse], within: Mask, by_default: str) -> Sifted | None:
    """What rules say about some destinations; None where several open questions meet."""
    left, doubtful = within, 0
    allowed = cut = 0
    denied: list[tuple[str, Mask]] = []
    symbols: set[Symbol] = set()
    for allows, code, (certain, parted, maybe) in verses:
        if not left and not doubtful:
            break
        cut |= (left | doubtful) & parted
        taken = (left | doubtful) & certain
        left &= ~taken
        doubtful &= ~taken
        for symbol, part in maybe:
            # Taken if the symbol holds; what goes on from here is the case that it does not.
            if (left | doubtful) & part:
                symbols.add(symbol)
            asked = left & part
            taken |= asked
            left ^= asked
            doubtful |= asked
        if allows:
            allowed |= taken
        elif taken:
            denied.append((code, taken))
    if len(symbols) > 1:
        return None
    # Where several deny a share each, a default rule is named, which always remains.
    remaining = 0
    for code, mask in denied:
        remaining = remaining | mask if code == by_default else remaining & ~mask
    denied = [(by_default, remaining), *denied, (by_default, left | doubtful)]
    open_to = next((Out(1, symbol.code) for symbol in symbols), None)
    return Sifted(_said(allowed, denied, open_to), cut)


def _said(allowed: Mask, denied: list[tuple[str, Mask]], open_to: Out | None) -> dict[Out, Mask]:
    found: dict[Out, Mask] = {}
    done = 0
    for code, mask in denied:
        if open_to is not None and (both := mask & allowed):
            found[open_to] = found.get(open_to, 0) | both
        if sure := mask & ~allowed & ~done:
            out = Out(2, code)
            found[out] = found.get(out, 0) | sure
            done |= sure
    return found
