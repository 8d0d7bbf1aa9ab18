"""The last result per scope, on disk where that is safe and in memory in any case."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from pgtopo import __version__
from pgtopo.errors import UsageError
from pgtopo.sources.azure.request import Request, checked
from pgtopo.sources.cache import folder as place
from pgtopo.sources.cache.fault import CacheFault
from pgtopo.sources.cache.login_hint import login_hint

if TYPE_CHECKING:
    from pgtopo.sources.cache.bounded import BoundedCache

SCHEMA = 1
LARGEST_ENTRY = 64 << 20
"""Packed snapshots beyond this size are not kept: one of them would push out all others."""

_ABOUT = "about"
_ROWS = "rows"
T = TypeVar("T")


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a kept result without reading it."""

    request: Request
    """What to ask to get it anew; also what it is found by."""
    created_at: str
    """When Azure was asked, as a snapshot states it."""
    label: str
    """The scope in words."""
    rows: int
    size: int
    """Bytes as kept."""
    fingerprint: str = ""
    """The same for results that differ in their time only."""

    @property
    def key(self) -> str:
        """What it is found by in this version of pgtopo."""
        return key_of(self.request)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A result that was kept: a packed snapshot."""

    about: About
    snapshot: bytes


def key_of(request: Request) -> str:
    """What the result of a request is found by: its scope, who asks, and which pgtopo."""
    import hashlib

    words = (SCHEMA, __version__, request.scope_key, request.auth.value, login_hint(request))
    return hashlib.sha256(msgspec.json.encode(words)).hexdigest()


class Store:
    """The kept results of one run; whatever is wrong with the disk, memory serves."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: dict[str, Kept] = {}
        self._lock = threading.Lock()
        self.fault = ""
        """Why nothing is kept on disk, in one line; empty while nothing is wrong."""

    @property
    def is_on_disk(self) -> bool:
        """Whether results outlast this run."""
        return self._folder is not None

    def get(self, key: str) -> Kept | None:
        """The last result of a scope; None where there is none."""
        held = self._memory.get(key)
        return held if held is not None else self._on_disk(lambda cache: _read(cache, key))

    def put(self, kept: Kept) -> None:
        """Keep a result in the place of the one before."""
        self._memory[kept.about.key] = kept
        if len(kept.snapshot) <= LARGEST_ENTRY:
            self._on_disk(lambda cache: _write(cache, kept))

    def entries(self) -> tuple[About, ...]:
        """What is kept, the newest first."""
        held = {key: kept.about for key, kept in self._memory.items()}
        found = self._on_disk(_entries) or {}
        every = {**found, **held}.values()
        return tuple(sorted(every, key=lambda about: (about.created_at, about.key), reverse=True))

    def _on_disk(self, use: Callable[[BoundedCache], T | None]) -> T | None:
        """Use the cache on disk; after the first fault it is left alone."""
        with self._lock:
            if self._folder is None:
                return None
            from pgtopo.sources.cache import bounded

            try:
                return _used(self._folder, use)
            except bounded.FAULTS as fault:
                self.fault = told(fault)
                self._folder = None
                return None


def probe(folder: Path) -> str:
    """Why a cache cannot be used, in one line; empty where it can. Nothing is made for it."""
    from pgtopo.sources.cache import bounded, guard

    try:
        place.check(folder)
        database = folder / place.DATABASE
        if database.exists() and database.stat().st_size:
            guard.inspect(database, bounded.SETTINGS)
    except bounded.FAULTS as fault:
        return told(fault)
    return ""


def told(fault: Exception) -> str:
    """A fault in one line, without a word of what the database says."""
    if isinstance(fault, CacheFault):
        return str(fault)
    name = str(getattr(fault, "sqlite_errorname", ""))
    if isinstance(fault, TimeoutError) or type(fault).__name__ == "Timeout":
        name = "SQLITE_BUSY"
    known = next((text for word, text in _SQLITE if name.startswith(word)), "")
    if not known and isinstance(fault, OSError):
        known = fault.strerror or "cannot be used"
    return f"its database {known or 'is damaged'}"


_SQLITE = (
    ("SQLITE_BUSY", "is locked by another program"),
    ("SQLITE_LOCKED", "is locked by another program"),
    ("SQLITE_READONLY", "cannot be written"),
    ("SQLITE_CANTOPEN", "cannot be opened"),
    ("SQLITE_PERM", "cannot be opened"),
    ("SQLITE_FULL", "has no room left"),
    ("SQLITE_NOTADB", "is no database"),
    ("SQLITE_INTERRUPT", "takes too long to look at"),
)
"""What SQLite's errors mean, by the beginning of their names."""


def _used(folder: Path, use: Callable[[BoundedCache], T]) -> T:
    from pgtopo.sources.cache import bounded, guard

    database = place.prepare(folder)
    guard.inspect(database, bounded.SETTINGS)
    cache = bounded.open_cache(str(folder))
    try:
        return use(cache)
    finally:
        cache.close()


def _read(cache: BoundedCache, key: str) -> Kept | None:
    about = _about(cache, key)
    snapshot = cache.get(f"{_ROWS}:{key}")
    if about is None or not isinstance(snapshot, bytes):
        return None
    return Kept(about=about, snapshot=snapshot)


def _about(cache: BoundedCache, key: str) -> About | None:
    text = cache.get(f"{_ABOUT}:{key}")
    if not isinstance(text, bytes):
        return None
    try:
        about = msgspec.json.decode(text, type=About)
        checked(about.request)
    except (ValueError, RecursionError, UsageError):
        return None
    return about if about.key == key else None


def _write(cache: BoundedCache, kept: Kept) -> None:
    key = kept.about.key
    cache.set(f"{_ROWS}:{key}", kept.snapshot)
    cache.set(f"{_ABOUT}:{key}", msgspec.json.encode(kept.about))


def _entries(cache: BoundedCache) -> dict[str, About]:
    found = {}
    for name in list(cache):
        kind, _, key = str(name).partition(":")
        about = _about(cache, key) if kind == _ABOUT else None
        if about is not None and f"{_ROWS}:{key}" in cache:
            found[key] = about
    return found
