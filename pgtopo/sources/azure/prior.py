"""An earlier snapshot, of which only what was not read is asked for again."""

from pathlib import Path
from typing import Any

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.model.base import ParseIssue
from pgtopo.model.coverage import Coverage
from pgtopo.sources import coverage as covering
from pgtopo.sources.azure.rows import Row
from pgtopo.sources.header import FORMAT, VERSION
from pgtopo.sources.streams import open_source, pieces


class _Wire(msgspec.Struct):
    format: str
    version: int
    rows: list[msgspec.Raw]
    coverage: list[Any]
    scope: dict[str, Any] = {}
    created_at: str = ""


class _Head(msgspec.Struct):
    id: str
    type: str


class Prior(msgspec.Struct, frozen=True):
    """What an earlier collection brought."""

    rows: list[Row]
    coverage: Coverage
    scope: dict[str, Any]
    created_at: str

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of names in its scope."""
        found = self.scope.get(name)
        return tuple(str(one) for one in found) if isinstance(found, list) else ()


def read_prior(path: str) -> Prior:
    """The snapshot in a file.

    Raises:
        SnapshotError: the file cannot be read, or was not written by `pgtopo collect`.
    """
    if not Path(path).is_file():
        raise SnapshotError(f"{path}: no such file", "give --resume a snapshot")
    text = b"".join(pieces(open_source(path)))
    try:
        found = msgspec.json.decode(text, type=_Wire)
        rows = [_row(raw) for raw in found.rows]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        found, rows = None, []
    if found is None or (found.format, found.version) != (FORMAT, VERSION):
        raise SnapshotError(
            f"{path} is not a snapshot with coverage",
            "give --resume a file that 'pgtopo collect' wrote",
        )
    issues: list[ParseIssue] = []
    stated = covering.stated(found.coverage, issues)
    return Prior(rows, Coverage(stated), found.scope, found.created_at)


def _row(raw: msgspec.Raw) -> Row:
    head = msgspec.json.decode(raw, type=_Head)
    return Row(head.type.lower(), head.id, bytes(raw))
