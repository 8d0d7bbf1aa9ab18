"""A whole file under other names: rows, coverage and scope, and what became of what."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from pgtopo.sources.raw import RawFile
from pgtopo.sources.redaction.addresses import AddressMap, Tree
from pgtopo.sources.redaction.known import CLOUDS, KEPT_SCOPE
from pgtopo.sources.redaction.names import Names
from pgtopo.sources.redaction.plan import constrain
from pgtopo.sources.redaction.rows import redacted_row
from pgtopo.sources.redaction.texts import Texts
from pgtopo.sources.redaction.values import Values
from pgtopo.sources.registry import kinds

_ATTEMPTS = 24
"""How many numberings are tried to find one in which no old address comes up again."""
_SAMPLE = 4000
_WORD = re.compile(r"[a-z0-9_-]+")


class Redacted(msgspec.Struct, frozen=True):
    """What is written, and what became of what."""

    rows: list[bytes]
    is_snapshot: bool
    """Whether the file was a snapshot; otherwise it was rows alone."""
    has_more: bool
    """Whether the rows are one page of an answer that goes on."""
    coverage: list[dict[str, Any]] | None
    scope: dict[str, Any]
    created_at: str
    left_out: int
    """Rows of kinds that pgtopo does not read."""
    names: dict[str, str]
    guids: dict[str, str]
    addresses: dict[str, str]
    repeated: tuple[str, ...]
    """Old addresses that are new ones too, of something else."""
    ambiguous: tuple[str, ...]
    """Names that are also words of Azure's, and were left where they stood as such."""
    texts: Texts
    """Translates what is said of the estate."""


def new_key() -> bytes:
    """A key for one redaction."""
    return secrets.token_bytes(32)


def key_of(secret: bytes) -> bytes:
    """The key that a secret text stands for."""
    return hashlib.sha256(secret).digest()


def redacted(file: RawFile, key: bytes) -> Redacted:
    """The file under the pseudonyms of a key: the same key gives the same ones."""
    rows = [msgspec.json.decode(text) for text in file.rows]
    kept = [row for row in rows if _is_read(row)]
    values, names, made = _best(kept, key)
    header = file.header
    encoded = [msgspec.json.encode(row) for row in made]
    encoded += [b'"unreadable"'] * len(file.set_aside)
    return Redacted(
        rows=encoded,
        is_snapshot=header.rows_member == "rows",
        has_more=header.has_more,
        coverage=None
        if header.stated is None
        else [_statement(entry, names) for entry in header.stated],
        scope=_scope(header.scope, names),
        created_at=header.created_at,
        left_out=len(rows) - len(kept),
        names=dict(sorted(names.renamed.items())),
        guids=dict(sorted(names.guids.items())),
        addresses=dict(sorted(values.addresses.items())),
        repeated=tuple(sorted(again(values.addresses))),
        ambiguous=tuple(sorted(_words(values.kept_words) & set(names.renamed))),
        texts=Texts(values, names),
    )


def _is_read(row: Any) -> bool:
    """Whether a row is of a kind pgtopo reads; what has no readable kind is kept for its reason."""
    kind = row.get("type") if isinstance(row, dict) else None
    return not isinstance(kind, str) or not kind.strip() or kind.strip().lower() in kinds()


def _best(rows: list[Any], key: bytes) -> tuple[Values, Names, list[Any]]:
    """The rows under the numbering in which the fewest old addresses come up again."""
    trees = Tree(32), Tree(128)
    constrain(rows, *trees)
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    names = Names(key)
    best, fewest = 0, -1
    for attempt in range(_ATTEMPTS):
        again = _repeated(sample, Values(names, *_numbering(trees, key, attempt)))
        if fewest < 0 or again < fewest:
            best, fewest = attempt, again
        if not again:
            break
    values = Values(names, *_numbering(trees, key, best))
    return values, names, [redacted_row(row, values) for row in rows]


def _numbering(trees: tuple[Tree, Tree], key: bytes, attempt: int) -> tuple[AddressMap, AddressMap]:
    number = hashlib.blake2b(bytes([attempt]), key=key, digest_size=32).digest()
    return AddressMap(number, trees[0]), AddressMap(number, trees[1])


def _repeated(rows: list[Any], values: Values) -> int:
    """How many old addresses stand in the rows again."""
    for row in rows:
        redacted_row(row, values)
    return len(again(values.addresses))


def again(addresses: Mapping[str, str]) -> set[str]:
    """The addresses, without their prefix lengths, that are both old and new."""
    old = {one.partition("/")[0] for one in addresses}
    return old & {one.partition("/")[0] for one in addresses.values()}


def _words(texts: Iterable[str]) -> set[str]:
    """The texts and the words of some length they are made of."""
    words = {word for text in texts for word in (text, *_WORD.findall(text))}
    return {word for word in words if len(word) > 2}


def _statement(entry: Any, names: Names) -> dict[str, Any]:
    """One statement of coverage; its free text may name anything and is left out."""
    return {
        "kind": entry.kind,
        "scope": names.arm_id(str(entry.scope)),
        "status": entry.status.value,
        "rows": entry.rows,
        "detail": "",
    }


def _scope(scope: dict[str, Any], names: Names) -> dict[str, Any]:
    return {key: _renamed(value, names) for key, value in scope.items() if key in KEPT_SCOPE}


def _renamed(value: Any, names: Names) -> Any:
    if isinstance(value, str) and value in CLOUDS:
        return value
    if isinstance(value, str):
        return names.arm_id(value) if value.startswith("/") else names.name(value)
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if isinstance(value, dict):
        return {}
    return value
