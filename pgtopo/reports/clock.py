"""The time written into documents; SOURCE_DATE_EPOCH sets it for reproducible output."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present time, or the time stated in the environment."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if stated.isascii() and stated.isdigit():
        try:
            return datetime.fromtimestamp(int(stated), UTC)
        except (ValueError, OverflowError, OSError):
            pass
    return datetime.now(UTC)


def stamp() -> str:
    """The present time as documents carry it."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")
