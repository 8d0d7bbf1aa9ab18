"""Leaves the program fast: a big estate is not taken apart first."""

import os
import sys
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process at once with this exit code, streams flushed."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 1
    os._exit(code)
