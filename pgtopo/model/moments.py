"""Points in time as rows state them, and how long ago they are, in words for people."""

from datetime import UTC, datetime

_STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def seconds_since(stamp: str, now: datetime) -> float | None:
    """Seconds since a time as a snapshot states it; None where it states none."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (now - moment).total_seconds())


def age(stamp: str, now: datetime) -> str:
    """The age in its largest unit; `now` below a minute, empty where nothing is known."""
    seconds = seconds_since(stamp, now)
    if seconds is None:
        return ""
    for length, unit in _STEPS:
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return "now"


def minute(stamp: str) -> str:
    """A point in time to the minute, as people read it."""
    day, _, clock = stamp.partition("T")
    return f"{day} {clock[:5]}Z" if clock else day


def before(stamp: str, reference: str) -> str:
    """How long before another point in time one was, such as `25 h`; empty for unknown."""
    try:
        later = datetime.fromisoformat(reference)
    except ValueError:
        return ""
    if later.tzinfo is None:
        later = later.replace(tzinfo=UTC)
    return age(stamp, later)
