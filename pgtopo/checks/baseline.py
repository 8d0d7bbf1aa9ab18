"""The findings of an earlier run, known by their keys."""

from typing import Any

import msgspec

from pgtopo.errors import SnapshotError

SCHEMA = "pgtopo.findings/"


class _Entry(msgspec.Struct):
    key: str


class _Document(msgspec.Struct):
    schema: Any = None
    findings: list[_Entry] | None = None


def keys(data: bytes, source: str) -> frozenset[str]:
    """The keys of the findings in an earlier `check` document.

    Raises:
        SnapshotError: the bytes are no such document.
    """
    hint = "write one with 'pgtopo check FILE --format json -o baseline.json'"
    try:
        document = msgspec.json.decode(data, type=_Document)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise SnapshotError(f"{source} is no baseline: {error}", hint) from None
    if not str(document.schema).startswith(SCHEMA) or document.findings is None:
        raise SnapshotError(f"{source} is no baseline: it is not a check document", hint)
    return frozenset(entry.key for entry in document.findings)
