"""The files opened lately, kept for the owner only."""

import json
from pathlib import Path

from pgtopo.sources import own_folders, whole_file

MOST = 8


def _store() -> Path:
    return own_folders.state() / "recent.json"


def recent() -> tuple[str, ...]:
    """The paths opened lately that still exist, the latest first."""
    try:
        kept = json.loads(_store().read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(kept, list):
        return ()
    return tuple(path for path in kept if isinstance(path, str) and Path(path).is_file())[:MOST]


def remember(paths: tuple[str, ...]) -> None:
    """Put files first in the list; where that cannot be written, nothing is kept."""
    fresh = [str(Path(path).resolve()) for path in paths if Path(path).is_file()]
    every = list(dict.fromkeys([*fresh, *recent()]))[:MOST]
    store = _store()
    try:
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole_file.replace(store, (json.dumps(every).encode(),))
    except OSError:
        return
