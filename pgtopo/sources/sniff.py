"""Tells from its first bytes whether a file may hold an estate, without reading it."""

import re
from pathlib import Path

from pgtopo.errors import SnapshotError
from pgtopo.sources.header import FORMAT
from pgtopo.sources.streams import open_source, pieces

_ENOUGH = 1 << 18
"""Bytes of text in which an estate has named a resource's type."""

_TYPE = re.compile(rb'"microsoft\.[\w.]+/\w', re.IGNORECASE)


def may_hold_estate(path: Path) -> bool:
    """Whether a file begins as a snapshot does, or names the type of an Azure resource early on."""
    try:
        if not path.is_file():
            return False
        head = bytearray()
        for piece in pieces(open_source(str(path))):
            head += piece
            if len(head) >= _ENOUGH:
                break
    except (OSError, ValueError, SnapshotError):
        return False
    return f'"{FORMAT}"'.encode() in head[:200] or _TYPE.search(head) is not None
