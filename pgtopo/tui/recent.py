"""The files opened lately, kept for the owner only."""

import json
import os
from pathlib import Path

MOST = 8


def _store() -> Path:
    import platformdirs

    return Path(platformdirs.user_state_dir("pgtopo", appauthor=False)) / "recent.json"


def recent() -> tuple[str, ...]:
    """The paths opened lately that still exist, the latest first."""
    try:
        kept = json.loads(_store().read_bytes())
    except (OSError, ValueError):
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
        handle = os.open(store, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as stream:
            json.dump(every, stream)
    except OSError:
        return
