"""The folder the cache lives in: its owner's alone, or not used."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pgtopo.sources import own_folders
from pgtopo.sources.cache.fault import CacheFault

DATABASE = "cache.db"
NAMES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal")
"""Every file a cache consists of; nothing else in its folder is ever read, written or removed."""

LARGEST = 1 << 30
"""A database beyond this size was not written by pgtopo."""


def default_folder() -> Path:
    """Where the cache is kept; the number changes with its layout."""
    return own_folders.cache() / "live-1"


def prepare(folder: Path) -> Path:
    """The database of a folder that is the user's alone; folder and file are made where missing.

    Raises:
        CacheFault: others could have written there, or nobody can.
    """
    _make(folder)
    check(folder)
    _close_to_others(folder)
    database = folder / DATABASE
    try:
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        pass
    except OSError as failure:
        raise CacheFault(f"{folder}: {failure.strerror}") from None
    if not os.access(folder, os.W_OK) or not os.access(database, os.W_OK):
        raise CacheFault(f"{folder} cannot be written")
    return database


def check(folder: Path) -> None:
    """Refuse a folder, or a file of the cache in it, that is not the user's own.

    Raises:
        CacheFault: it is a link, no folder, somebody else's, open to others, or too large.
    """
    text = str(folder)
    if os.path.expandvars(text) != text or text.startswith("~"):
        raise CacheFault(f"{folder} has a name that programs expand")
    found = _looked_at(folder)
    if found is None:
        return
    if not stat.S_ISDIR(found.st_mode):
        raise CacheFault(f"{folder} is a link or no folder")
    _require_own(folder, found)
    if found.st_mode & 0o022:
        raise CacheFault(f"others may write to {folder}")
    for file, kept in files(folder):
        if not stat.S_ISREG(kept.st_mode) or kept.st_nlink != 1:
            raise CacheFault(f"{file} is a link or no plain file")
        _require_own(file, kept)
        if kept.st_size > LARGEST:
            raise CacheFault(f"{file} is larger than any cache pgtopo writes")


def files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The files of the cache that are there."""
    for name in NAMES:
        found = _looked_at(folder / name)
        if found is not None:
            yield folder / name, found


def remove(folder: Path) -> int:
    """Delete the files of the cache, by name and in this folder only; how many there were.

    Raises:
        CacheFault: the folder is not the user's own, or a file stays.
    """
    found = _looked_at(folder)
    if found is None:
        return 0
    if not stat.S_ISDIR(found.st_mode):
        raise CacheFault(f"{folder} is a link or no folder: remove it yourself")
    _require_own(folder, found)
    removed = 0
    for file, _ in list(files(folder)):
        try:
            file.unlink()
        except OSError as failure:
            raise CacheFault(f"{file}: {failure.strerror}") from None
        removed += 1
    return removed


def _make(folder: Path) -> None:
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    except OSError as failure:
        raise CacheFault(f"{folder}: {failure.strerror}") from None


def _close_to_others(folder: Path) -> None:
    """Take reading away from others too."""
    try:
        if stat.S_IMODE(folder.stat().st_mode) & 0o077:
            folder.chmod(0o700)
    except OSError as failure:
        raise CacheFault(f"{folder}: {failure.strerror}") from None


def _looked_at(path: Path) -> os.stat_result | None:
    """What is there, links not followed; None for nothing."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None
    except OSError as failure:
        raise CacheFault(f"{path}: {failure.strerror}") from None


def _require_own(path: Path, found: os.stat_result) -> None:
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        raise CacheFault(f"{path} belongs to somebody else")
