"""Which data a report was made from: paths and content hashes."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pgtopo.triage.state import SnapshotRef


def fingerprints(paths: Iterable[str]) -> list[SnapshotRef]:
    """Path and hash of every file that can be read; live data has none."""
    found = []
    for path in paths:
        try:
            data = Path(path).read_bytes()
        except OSError:
            continue
        found.append(SnapshotRef(path=path, sha256=sha256(data).hexdigest()))
    return found
