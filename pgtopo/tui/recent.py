"""The files opened lately, kept for the owner only."""

from pathlib import Path

import msgspec

from pgtopo.sources import own_folders

MOST = 8


def _store() -> Path:
    return own_folders.state() / "recent.json"


def recent() -> tuple[str, ...]:
    """The paths opened lately that still exist, the latest first."""
    try:
        kept = _decoded(_store().read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(kept, list):
        return ()
    return tuple(path for path in kept if isinstance(path, str) and Path(path).is_file())[:MOST]


def remember(paths: tuple[str, ...]) -> None:
    """Put files first in the list; where that cannot be written, nothing is kept."""
    import json

    from pgtopo.sources import whole_file

    fresh = [str(Path(path).resolve()) for path in paths if Path(path).is_file()]
    every = list(dict.fromkeys([*fresh, *recent()]))[:MOST]
    store = _store()
    try:
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole_file.replace(store, (json.dumps(every).encode(),))
    except OSError:
        return


def _decoded(text: bytes) -> object:
    """What stands in the file.

    Raises:
        ValueError: it is no JSON.
    """
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        # It knows names that are no Unicode, but takes long to load: the first frame waits here.
        import json

        return json.loads(text)
