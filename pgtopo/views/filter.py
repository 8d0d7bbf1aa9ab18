"""The filter language of every list: words, `!not`, `~fuzzy`, `key:value`, all of which must hold.

`key:value` asks a field of the row; a word with a colon whose front is no known key is a word.
"""

from enum import Enum
from typing import Protocol

import msgspec

KEYS = {
    "kind": "what it is: server, subnet, network, zone, nsg ...",
    "name": "part of the name",
    "is": "error, warning, unknown, info, ok, fault, ghost",
    "sub": "subscription id or name",
    "group": "resource group",
    "region": "region, such as westeurope",
    "ip": "what holds an IPv4 address: networks, subnets, servers, interfaces",
    "check": "check id or slug",
    "family": "family of checks: dns, nsg, routes ...",
    "to": "in a grid: columns with this in their name",
}
"""The known keys, each with what it asks."""


class TermKind(Enum):
    """How one term of a filter is compared."""

    WORD = "word"
    FUZZY = "fuzzy"
    FIELD = "field"


class Term(msgspec.Struct, frozen=True):
    """One term."""

    kind: TermKind
    text: str
    key: str = ""
    is_negated: bool = False


class Row(Protocol):
    """What can be filtered."""

    @property
    def text(self) -> str:
        """Everything a word is looked for in, in lower case."""

    def has(self, key: str, value: str) -> bool:
        """Whether a field fits a lower-case value."""


class Filter(msgspec.Struct, frozen=True):
    """A parsed filter; an empty one fits everything."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    unknown_key: str = ""
    """The first word before a colon that looks like a key and is none."""

    def __bool__(self) -> bool:
        return bool(self.terms)

    def fits(self, row: Row) -> bool:
        """Whether a row fulfils every term."""
        return all(_holds(term, row) is not term.is_negated for term in self.terms)


def parse(text: str) -> Filter:
    """The filter a text stands for; every text is a valid filter."""
    words = text.lower().split()
    terms = [term for word in words if (term := _term(word)) is not None]
    return Filter(text, tuple(terms), next(filter(None, map(_unknown_key, words)), ""))


def _unknown_key(word: str) -> str:
    """The key that is meant, where there is no such key; addresses and ids are none."""
    key, colon, value = word.removeprefix("!").partition(":")
    looks_meant = bool(colon and value) and key.isalpha() and value[0] not in ":/"
    return key if looks_meant and key not in KEYS else ""


def complaint(wanted: Filter) -> str:
    """What is wrong with a filter, in one line; nothing for most."""
    if not wanted.unknown_key:
        return ""
    return f"unknown key {wanted.unknown_key!r}; keys are {', '.join(KEYS)}"


def _term(word: str) -> Term | None:
    is_negated = word.startswith("!")
    body = word[1:] if is_negated else word
    if body.startswith("~"):
        return Term(TermKind.FUZZY, body[1:], "", is_negated) if body[1:] else None
    key, colon, value = body.partition(":")
    if colon and key in KEYS:
        return Term(TermKind.FIELD, value, key, is_negated) if value else None
    return Term(TermKind.WORD, body, "", is_negated) if body else None


def _holds(term: Term, row: Row) -> bool:
    if term.kind is TermKind.WORD:
        return term.text in row.text
    if term.kind is TermKind.FUZZY:
        return is_subsequence(term.text, row.text)
    return row.has(term.key, term.text)


def is_subsequence(wanted: str, text: str) -> bool:
    """Whether the letters occur in this order, with anything between them."""
    at = 0
    for letter in wanted:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True
