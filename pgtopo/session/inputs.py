"""Reads what comes beside an estate: settings, suppressions, a baseline, a patch, an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pgtopo.checks.suppression import Suppression
    from pgtopo.model.patch import Patch
    from pgtopo.sources.settings_file import UserSettings
    from pgtopo.triage.state import State


def read_settings() -> UserSettings:
    """The user's settings; the defaults where there is no settings file.

    Raises:
        UsageError: the file cannot be read or does not fit.
    """
    from pgtopo.sources import settings_file

    return settings_file.read()


def read_suppressions(path: str) -> tuple[Suppression, ...]:
    """The entries of a suppressions file, expired ones included.

    Raises:
        SnapshotError: the file cannot be read, or an entry does not fit.
    """
    from pgtopo.checks import registry, suppression
    from pgtopo.errors import SnapshotError

    try:
        entries = suppression.parse(_bytes_of(path).decode(), path)
    except UnicodeDecodeError:
        raise SnapshotError(f"{path} is not UTF-8 text", "save it as UTF-8") from None
    suppression.require_known(entries, registry.catalogue(), path)
    return entries


def read_baseline(path: str) -> frozenset[str]:
    """The finding keys of an earlier `check` document.

    Raises:
        SnapshotError: the file cannot be read, or is no such document.
    """
    from pgtopo.checks import baseline

    return baseline.keys(_bytes_of(path), path)


def read_patch(path: str) -> Patch:
    """The change in a patch file.

    Raises:
        SnapshotError: the file cannot be read, or is no patch.
    """
    from pgtopo.model import patch

    return patch.parse(_bytes_of(path), path)


def read_incident(path: str) -> State:
    """The incident in a triage file.

    Raises:
        SnapshotError: the file cannot be read, or is no triage file.
    """
    from pgtopo.triage import state

    return state.parse(_bytes_of(path), path)


def _bytes_of(path: str) -> bytes:
    from pathlib import Path

    from pgtopo.errors import SnapshotError

    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise SnapshotError(f"{path}: {error.strerror}", "check the path") from None
