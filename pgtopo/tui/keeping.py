"""Writes what a user keeps into new files that only the owner can read."""

import os
from datetime import UTC, datetime
from pathlib import Path

from pgtopo.sources import own_folders, whole_file

_TRIES = 100


def keep(stem: str, suffix: str, text: str) -> Path:
    """Write a text into a new file in the current folder; returns where.

    Raises:
        OSError: it cannot be written.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for number in range(1, _TRIES):
        more = f"-{number}" if number > 1 else ""
        path = Path.cwd() / f"{stem}-{stamp}{more}{suffix}"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path
    raise FileExistsError(f"{stem}-{stamp}{suffix}")


def replace(path: Path, text: str) -> Path:
    """Write a text in place of a file, whole or not at all; returns where.

    Raises:
        OSError: it cannot be written.
    """
    target = path.resolve()
    whole_file.replace(target, (text.encode(),))
    return target


def note_copied(text: str) -> Path | None:
    """Write what was copied beside the other state, for terminals that take no clipboard.

    Returns where; None where it cannot be written.
    """
    folder = own_folders.state()
    path = folder / "copied.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole_file.replace(path, (text.encode(),))
    except OSError:
        return None
    return path


def tilde(path: Path) -> str:
    """A path as people write it, the home folder as `~`."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
