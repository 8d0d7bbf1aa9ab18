"""The user's own suppressions file: read when an estate is opened, added to with a key."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.errors import PgtopoError

if TYPE_CHECKING:
    from pgtopo.checks.suppression import Suppression

NAME = "suppressions.toml"


def path() -> Path:
    """The file: beside the settings."""
    from pgtopo.sources import settings_file

    return settings_file.place().parent / NAME


def today() -> date:
    """The day by which suppressions end."""
    return datetime.now(UTC).date()


def known() -> tuple[tuple[Suppression, ...], str]:
    """The entries of the file, and what is wrong with it; nothing of both where there is none."""
    from pgtopo.session import read_suppressions

    file = path()
    if not file.is_file():
        return (), ""
    try:
        entries = read_suppressions(str(file))
    except PgtopoError as error:
        return (), error.message
    over = sum(1 for entry in entries if entry.is_expired(today()))
    return entries, f"{over} suppressions have expired and no longer count" if over else ""


def add(text: str) -> None:
    """Add an entry to the file, made for the owner only where there is none yet.

    Raises:
        OSError: it cannot be written.
    """
    file = path()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    has_content = file.is_file() and file.stat().st_size > 0
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _append(handle, (f"\n{text}" if has_content else text).encode())
    finally:
        os.close(handle)


def _append(handle: int, data: bytes) -> None:
    """Write all of it in one step, or none: half an entry would make the whole file unreadable."""
    before = os.fstat(handle).st_size
    written = 0
    try:
        while written < len(data):
            written += os.write(handle, data[written:])
    except OSError:
        if written:
            os.ftruncate(handle, before)
        raise
