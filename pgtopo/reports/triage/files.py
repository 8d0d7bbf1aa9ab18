"""Which data a report was made from: paths and content hashes."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pgtopo.triage.state import SnapshotRef


def fingerprints(paths: Iterable[str]) -> list[SnapshotRef]:
    """Path and hash of every file that can be read again; live data and pipes have none."""
    found = []
    for path in paths:
        try:
            data = Path(path).read_bytes() if Path(path).is_file() else None
        except OSError:
            continue
        if data is not None:
            found.append(SnapshotRef(path=_text(path), sha256=sha256(data).hexdigest()))
    return found


def _text(path: str) -> str:
    """The path as text that can be written; bytes of no character are spelled out."""
    return path.encode("utf-8", "backslashreplace").decode()
