"""The corner of the screen for live data."""

from datetime import datetime

from pgtopo.model.moments import age
from pgtopo.model.topology import Topology
from pgtopo.views.source import Badge, badge


def live_badge(topology: Topology, created_at: str, now: datetime, *, is_stale: bool) -> Badge:
    """How old the data is, whether it was kept from an earlier run, and what could not be read."""
    text = " ".join(part for part in ("LIVE", age(created_at, now)) if part)
    return badge(topology, ())._replace(text=f"{text} STALE" if is_stale else text)
