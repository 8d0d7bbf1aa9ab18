"""Puts a file in place whole or not at all, readable by its owner only."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

_BUFFER = 1 << 20
_SHOWN = 100
"""Letters of the name that the file beside it carries: names may be no longer than 255 bytes."""

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def replace(target: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the target and move into place: readers see the old file or the new one.

    A program that is killed meanwhile leaves `.NAME.RANDOM.part`, which nothing ever reads.

    Raises:
        OSError: it cannot be written; the old file is as it was.
    """
    prefix = f".{target.name.encode()[:_SHOWN].decode(errors='ignore')}."
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb", buffering=_BUFFER) as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def advice(failure: OSError, otherwise: str) -> str:
    """What to do about a failure to write."""
    if failure.errno in _NO_ROOM:
        return "make room or name another place; what stood there is as it was"
    return otherwise


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets folders be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
