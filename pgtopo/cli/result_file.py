"""Result files (`-o`): written whole or not at all, readable by their owner only."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from pgtopo.errors import UsageError


def write(parts: Iterable[bytes], path: str) -> None:
    """Put the parts into a file, replacing what was there in one step."""
    target = Path(path)
    try:
        if _is_special(target):
            with target.open("wb") as stream:
                stream.writelines(parts)
        else:
            _replace(parts, target.resolve())
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}",
            "give -o a path in a folder that exists and that you may write to",
        ) from None


def _is_special(target: Path) -> bool:
    """Whether the target is there and is no plain file (`/dev/null`, a pipe)."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(None, "it is a folder")
    return not stat.S_ISREG(mode)


def _replace(parts: Iterable[bytes], target: Path) -> None:
    """Write beside the target and move into place: readers see the old file or the new one."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
