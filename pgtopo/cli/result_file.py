"""Result files (`-o`): written whole or not at all, readable by their owner only."""

import stat
from collections.abc import Iterable
from pathlib import Path

from pgtopo.errors import UsageError
from pgtopo.sources import whole_file


def write(parts: Iterable[bytes], path: str) -> None:
    """Put the parts into a file, replacing what was there in one step."""
    target = Path(path)
    try:
        if _is_special(target):
            with target.open("wb") as stream:
                stream.writelines(parts)
        else:
            whole_file.replace(target.resolve(), parts)
    except OSError as error:
        otherwise = "give -o a path in a folder that exists and that you may write to"
        raise UsageError(
            f"cannot write {path}: {error.strerror}", whole_file.advice(error, otherwise)
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
