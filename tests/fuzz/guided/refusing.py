"""What input that does not fit may end with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pgtopo.errors import SnapshotError, UsageError


@contextmanager
def refusing() -> Iterator[None]:
    """Let a refusal pass that has a cause to show."""
    refused: list[SnapshotError | UsageError] = []
    try:
        yield
    except (SnapshotError, UsageError) as failure:
        refused.append(failure)
    assert all(one.message for one in refused)
