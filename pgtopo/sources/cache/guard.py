"""Looks at a database before it is used: only what pgtopo itself writes may be in it.

Known of diskcache 5.6.3 (CVE-2025-69872): a row may make it unpickle, read or remove a file
anywhere, and its table of settings may set any attribute. So rows that name a file or hold
anything but plain bytes, settings other than ours, and any other table, index, view or trigger
keep the database shut.
"""

import hashlib
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from pgtopo.sources.cache.fault import CacheFault

WAIT_S = 0.3
"""How long anybody else's lock is waited for."""
LONGEST_S = 1.0
"""How long looking may take in all."""

LAYOUT = frozenset(
    {
        "1609245ab9385ad3",
        "20449cc051481e07",
        "288284b4c5dac98a",
        "314f99712c1a0440",
        "776b4d41af097a9c",
        "7c77a1c1b40a9c03",
        "833803cf383fcadc",
        "aae37c3acd1d6a1d",
        "b6aea2528f5e2c65",
        "b9221b950916e1eb",
        "c3e6e14c99048362",
    }
)
"""Digests of what diskcache creates: tables, indexes and triggers, word by word."""

_ODD_ROW = (
    "SELECT 1 FROM Cache WHERE mode IS NOT 1 OR raw IS NOT 1 OR filename IS NOT NULL"
    " OR size IS NOT 0 OR typeof(key) <> 'text' OR typeof(value) <> 'blob' LIMIT 1"
)
_COUNTERS = ("count", "size", "hits", "misses")


def inspect(database: Path, settings: Mapping[str, object]) -> None:
    """Refuse a database that holds anything pgtopo does not write.

    Raises:
        CacheFault: it does.
        sqlite3.Error: it is no database, damaged or locked.
    """
    address = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_S)) as db:
        end = time.monotonic() + LONGEST_S
        db.set_progress_handler(lambda: int(time.monotonic() > end), 10_000)
        db.execute("PRAGMA trusted_schema = OFF")
        layout = digests(db)
        if not layout <= LAYOUT:
            raise CacheFault(f"{database} holds tables that pgtopo does not make")
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        if "Settings" in tables:
            _require_settings(database, db, settings)
        if "Cache" in tables and db.execute(_ODD_ROW).fetchone() is not None:
            raise CacheFault(f"{database} holds rows that pgtopo does not write")


def digests(db: sqlite3.Connection) -> frozenset[str]:
    """A digest of everything a database declares."""
    declared = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
    return frozenset(hashlib.sha256(repr(one).encode()).hexdigest()[:16] for one in declared)


def _require_settings(
    database: Path, db: sqlite3.Connection, settings: Mapping[str, object]
) -> None:
    for key, value in db.execute("SELECT key, value FROM Settings"):
        if key in _COUNTERS and isinstance(value, int):
            continue
        if key not in settings or settings[key] != value:
            raise CacheFault(f"{database} holds settings that pgtopo does not make")
