"""What a drill is made of: events, and what each of them depends on."""

from collections.abc import Sequence

import msgspec

from pgtopo.analysis.verdict import Evidence, Verdict, worst
from pgtopo.model.ids import ArmId
from pgtopo.model.server import FlexibleServer


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an event depends on."""

    code: str
    verdict: Verdict
    text: str
    resource: ArmId | None = None
    evidence: tuple[Evidence, ...] = ()
    """The first is what decided."""
    settle_with: str = ""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that may have to be done in an emergency."""

    name: str
    """`failover`, `promotion` or `restore`."""
    title: str
    verdict: Verdict
    items: tuple[Item, ...]


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """All events of one server."""

    server: FlexibleServer
    events: tuple[Event, ...]


def event(name: str, title: str, items: Sequence[Item]) -> Event:
    """An event with the verdict of what it depends on."""
    return Event(
        name=name,
        title=title,
        verdict=worst([one.verdict for one in items]),
        items=tuple(items),
    )
