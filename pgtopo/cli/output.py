"""The only writer of standard output and of result files: bytes in, whole or not at all."""

import os
import sys
from collections.abc import Iterable

from pgtopo.errors import UsageError


def write(data: bytes, target: str | None = None) -> None:
    """Deliver a document to a file (`-o`), or to standard output where there is none."""
    write_parts((data,), target)


def write_parts(parts: Iterable[bytes], target: str | None = None) -> None:
    """Deliver a long document part by part; a file gets all of it or stays as it was."""
    if target is None or target == "-":
        for part in parts:
            if not _to_stdout(part):
                return
    else:
        from pgtopo.cli import result_file

        result_file.write(parts, target)


def write_text(text: str, target: str | None = None) -> None:
    """Deliver a text, ended by one line break."""
    write((text.rstrip("\n") + "\n").encode("utf-8", "backslashreplace"), target)


def _to_stdout(data: bytes) -> bool:
    """Whether anybody still reads."""
    stream = sys.stdout
    if stream is None:  # started with standard output closed: nobody wants the data
        return False
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except BrokenPipeError:
        _discard_rest()
        return False
    except OSError as error:
        _discard_rest()
        raise UsageError(
            f"cannot write to standard output: {error.strerror}",
            "send the output elsewhere, or write it to a file with -o FILE",
        ) from None
    return True


def _discard_rest() -> None:
    """Point standard output at nothing, so that leaving does not try to write again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
    finally:
        os.close(nowhere)
