"""Estates under other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pgtopo.sources.redaction.redact import Redacted


def redacted(path: str, secret: bytes | None = None) -> Redacted:
    """A file under pseudonyms; without a secret, under a key that nobody knows afterwards.

    Raises:
        SnapshotError: the file cannot be read.
    """
    from pgtopo.sources.raw import read_raw
    from pgtopo.sources.redaction import redact

    key = redact.new_key() if secret is None else redact.key_of(secret)
    return redact.redacted(read_raw(path), key)


def write_redacted(path: Path, found: Redacted, *, is_overwriting: bool = False) -> None:
    """Write a redacted file in the form its original had.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    from pgtopo.sources.redaction.files import write

    write(path, found, is_overwriting=is_overwriting)


def write_redaction_map(path: Path, found: Redacted, *, is_overwriting: bool = False) -> None:
    """Write what became of what, which undoes the redaction.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    from pgtopo.sources.redaction.files import write_map

    write_map(path, found, is_overwriting=is_overwriting)
