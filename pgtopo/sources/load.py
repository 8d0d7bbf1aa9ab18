"""Makes a topology of rows: from dictionaries or from files."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from pgtopo.errors import UsageError
from pgtopo.model.ids import IdTable
from pgtopo.model.topology import Topology
from pgtopo.sources import coverage as covering
from pgtopo.sources.assemble import Assembly
from pgtopo.sources.files import read_source
from pgtopo.sources.intake import Intake, Readers
from pgtopo.sources.merge import Gathered, by_age, merge
from pgtopo.sources.progress import Listener, Meter
from pgtopo.sources.registry import kinds
from pgtopo.sources.rows import RowStore
from pgtopo.sources.streams import SourceFile, held_source, open_source


class Loaded(msgspec.Struct, frozen=True):
    """An estate that was read from files."""

    topology: Topology
    rows: RowStore
    """Gives the text of any row again."""
    notes: tuple[str, ...] = ()
    """What a user should know about the files themselves."""


def load_files(
    paths: Sequence[str | Path],
    *,
    assume_complete: bool = False,
    progress: Listener | None = None,
) -> Loaded:
    """The estate of one or more files, `-` being standard input; the newest row of an id wins.

    Raises:
        SnapshotError: where a file cannot be read or holds no rows in a form pgtopo reads.
        Cancelled: where `progress` returns False.
    """
    names = [str(path) for path in paths]
    if names.count("-") > 1:
        raise UsageError("standard input is named twice", "give `-` once")
    with _collector_off():
        files = [open_source(name) for name in names]
        return _load(files, progress, assume_complete=assume_complete)


def load_held(
    name: str,
    snapshot: bytes,
    progress: Listener | None = None,
    *,
    assume_complete: bool = False,
) -> Loaded:
    """The estate of a snapshot that is held in memory, packed or not.

    Raises:
        SnapshotError: where it holds no rows in a form pgtopo reads.
        Cancelled: where `progress` returns False.
    """
    with _collector_off():
        held = held_source(name, snapshot)
        return _load([held], progress, assume_complete=assume_complete)


def _load(files: list[SourceFile], progress: Listener | None, *, assume_complete: bool) -> Loaded:
    meter = Meter(progress, sum(file.size for file in files))
    known = kinds()
    ids = IdTable()
    readers = Readers(known)

    def begin(file: SourceFile, index: int) -> Gathered:
        assembly = Assembly(known, ids) if len(files) == 1 else None
        keep = assembly.take if assembly is not None else None
        return Gathered(Intake(readers, ids, file.name, index, keep), assembly=assembly)

    gathered = []
    for index, file in enumerate(files):
        gathered.append(read_source(file, index, meter, begin))
        meter.finish(file.size)
    meter.tell()
    topology = merge(by_age(gathered), known, ids, assume_complete=assume_complete)
    notes = [note for source in gathered for note in source.notes]
    return Loaded(topology, RowStore(files), tuple(notes))


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep the garbage collector out of a load, and what was loaded out of its way after."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_on:
            gc.enable()


def load_rows(
    rows: Iterable[Mapping[str, Any]],
    coverage: Iterable[Mapping[str, Any]] | None = None,
    scope: Mapping[str, Any] | None = None,
    created_at: str = "",
) -> Topology:
    """The estate of rows given as dictionaries; without coverage, it is taken from the rows."""
    known = kinds()
    ids = IdTable()
    assembly = Assembly(known, ids)
    intake = Intake(Readers(known), ids, "rows", keep=assembly.take)
    for number, row in enumerate(rows, 1):
        intake.feed(_encoded(row), number)
    stated = None
    if coverage is not None:
        stated = covering.stated([dict(entry) for entry in coverage], intake.issues)
    gathered = Gathered(intake, created_at, dict(scope or {}), assembly, stated)
    return merge([gathered], known, ids)


def _encoded(row: Mapping[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(row)
    except (TypeError, ValueError, RecursionError):
        pass
    import json

    try:
        return json.dumps(row, default=str, skipkeys=True).encode()
    except (TypeError, ValueError, RecursionError):
        return b"unreadable"
