"""Writes what was redacted, and what became of what."""

from pathlib import Path

from pgtopo.sources.redaction.redact import Redacted
from pgtopo.sources.write import write_document, write_rows, write_snapshot

MAP_SCHEMA = "pgtopo.redaction-map/1"


def write(path: Path, found: Redacted, *, is_overwriting: bool) -> None:
    """Write a redacted file in the form its original had.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    if found.is_snapshot:
        write_snapshot(
            path,
            found.rows,
            coverage=found.coverage,
            scope=found.scope,
            created_at=found.created_at,
            is_overwriting=is_overwriting,
        )
    else:
        write_rows(path, found.rows, has_more=found.has_more, is_overwriting=is_overwriting)


def write_map(path: Path, found: Redacted, *, is_overwriting: bool) -> None:
    """Write the pseudonym of everything that was renamed.

    Raises:
        UsageError: the file exists and may not be replaced, or cannot be written.
    """
    content = {
        "schema": MAP_SCHEMA,
        "names": found.names,
        "guids": found.guids,
        "addresses": found.addresses,
    }
    write_document(path, content, is_overwriting=is_overwriting)
