"""Sentences that say the same of many things, told as one."""

from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

_FEW = 3
"""Fewer alike than this stay as they are."""
_SHORT = 12
"""So much of a sentence must be common that it makes sense with a list in it."""


class Told(NamedTuple):
    """A sentence, what settles it, and a mark behind it."""

    text: str
    settle_with: str
    mark: str = ""


def folded(items: Iterable[Told], shown: int | None = None) -> list[Told]:
    """The sentences, those that differ in one name alone put together where the first stood.

    `shown` is how many of these names are told; all of them where it is None.
    """
    groups: dict[tuple[str, str], list[Told]] = {}
    for one in items:
        groups.setdefault((one.settle_with, one.mark), []).append(one)
    return [told for group in groups.values() for told in _folded(group, shown)]


def _folded(group: list[Told], shown: int | None) -> list[Told]:
    """One group; where a sentence is of another kind, all stay as they are."""
    texts = [one.text for one in group]
    head = _common(texts)
    head = head[: head.rfind(" ") + 1]
    tail = _from_word_end(_common([text[len(head) :][::-1] for text in texts])[::-1])
    names = [text[len(head) : len(text) - len(tail)] for text in texts]
    if len(group) < _FEW or len(head) < _SHORT or not all(names):
        return group
    return [group[0]._replace(text=f"{head}{_listed(names, shown)}{tail}")]


def _common(texts: list[str]) -> str:
    """What all texts begin with."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*texts, strict=False))
    return "".join(signs[0] for signs in same)


def _from_word_end(tail: str) -> str:
    """What of a common end begins where a word ends."""
    at = next((at for at, sign in enumerate(tail) if not sign.isalnum()), len(tail))
    return tail[at:]


def _listed(names: list[str], shown: int | None) -> str:
    told = list(dict.fromkeys(names))
    if shown is None or len(told) <= shown + 1:
        return ", ".join(told)
    return f"{', '.join(told[:shown])} and {len(told) - shown} more (--full-ids names all)"
