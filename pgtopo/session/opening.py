"""Opens estates: files, what is held in memory, and where the demo is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.session.estate import Session
from pgtopo.session.inputs import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pgtopo.model.settings import Settings
    from pgtopo.sources.progress import Listener


def demo_path() -> str:
    """The path of the bundled demo estate; empty where it is missing."""
    from pathlib import Path

    package = Path(__file__).resolve().parent.parent
    installed = package / "demo" / "contoso.json"
    checkout = package.parent / "snapshots" / "contoso" / "snapshot.json"
    return next((str(place) for place in (installed, checkout) if place.is_file()), "")


def open_files(
    paths: Sequence[str | Path],
    *,
    assume_complete: bool = False,
    settings: Settings | None = None,
    progress: Listener | None = None,
) -> Session:
    """The estate of one or several files, merged; judged with the user's settings by default.

    Raises:
        SnapshotError: a file cannot be read.
    """
    from pgtopo.sources.load import load_files

    if settings is None:
        settings = read_settings().verdicts
    loaded = load_files(paths, assume_complete=assume_complete, progress=progress)
    return Session(loaded.topology, rows=loaded.rows, notes=loaded.notes, settings=settings)


def open_held(
    name: str,
    snapshot: bytes,
    *,
    assume_complete: bool = False,
    settings: Settings | None = None,
    notes: Iterable[str] = (),
) -> Session:
    """The estate of a snapshot that is held in memory, packed or not.

    Raises:
        SnapshotError: it cannot be read.
    """
    from pgtopo.sources.load import load_held

    if settings is None:
        settings = read_settings().verdicts
    loaded = load_held(name, snapshot, assume_complete=assume_complete)
    return Session(
        loaded.topology, rows=loaded.rows, notes=(*loaded.notes, *notes), settings=settings
    )
