"""diskcache without pickle, without files beside its database, and without waiting a minute.

The only module that knows diskcache; it is imported where a cache is opened.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import diskcache
from diskcache.core import MODE_RAW

from pgtopo.sources.cache.fault import CacheFault
from pgtopo.sources.cache.guard import WAIT_S

FAULTS: tuple[type[Exception], ...] = (
    CacheFault,
    sqlite3.Error,
    OSError,
    diskcache.Timeout,
    ValueError,
    TypeError,
)
"""All that opening, reading and writing may raise, damaged databases included."""

SIZE_LIMIT = 256 << 20

SETTINGS: dict[str, Any] = {
    **diskcache.DEFAULT_SETTINGS,
    "size_limit": SIZE_LIMIT,
    "cull_limit": 2,
    "disk_min_file_size": 1 << 40,
    "disk_pickle_protocol": 0,
    "sqlite_mmap_size": 0,
}


class PlainDisk(diskcache.Disk):  # type: ignore[misc]  # the package has no types
    """Keeps bytes under text keys inside the database, and knows no other form."""

    def put(self, key: object) -> tuple[str, bool]:
        """The key as it is stored."""
        if not isinstance(key, str):
            raise CacheFault("a key of the cache is no text")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """The key of a row.

        Raises:
            CacheFault: it would have to be unpickled.
        """
        if not raw or not isinstance(key, str):
            raise CacheFault("a key of the cache is no text")
        return key

    def store(self, value: object, read: object, key: object = None) -> tuple[Any, ...]:
        """Size, mode, file name and value of a row."""
        del read, key
        if not isinstance(value, bytes):
            raise CacheFault("a value of the cache is no bytes")
        return 0, MODE_RAW, None, sqlite3.Binary(value)

    def fetch(self, mode: object, filename: object, value: object, read: object) -> bytes:
        """The value of a row.

        Raises:
            CacheFault: it would have to be unpickled, or read from a file.
        """
        del read
        if mode != MODE_RAW or filename is not None or not isinstance(value, bytes):
            raise CacheFault("a value of the cache is no bytes")
        return value

    def remove(self, file_path: object) -> None:
        """Nothing: no row has a file."""


class BoundedCache(diskcache.Cache):  # type: ignore[misc]  # the package has no types
    """A cache whose opening gives up on somebody else's lock after a moment, not a minute."""

    @property
    def _sql_retry(self) -> Callable[..., Any]:
        sql = self._sql
        end = time.monotonic() + WAIT_S

        def run(statement: str, *args: Any, **kwargs: Any) -> Any:
            while True:
                try:
                    return sql(statement, *args, **kwargs)
                except sqlite3.OperationalError as failure:
                    if "locked" not in str(failure) or time.monotonic() > end:
                        raise
                    time.sleep(0.005)

        return run


def open_cache(folder: str) -> BoundedCache:
    """The cache in a folder that was prepared and inspected."""
    return BoundedCache(folder, timeout=WAIT_S, disk=PlainDisk, **SETTINGS)
