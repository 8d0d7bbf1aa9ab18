"""The document of a failover drill."""

import msgspec

from pgtopo import __version__
from pgtopo.analysis.facts import Facts
from pgtopo.reports import clock
from pgtopo.reports.trace.document import ServerItem, server_item
from pgtopo.triage.drill.item import Drill, Item
from pgtopo.triage.state import SnapshotRef
from pgtopo.views.proof import EvidenceItem, evidence_item, spelled

SCHEMA = "pgtopo.drill/1"


class DrillItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an event depends on."""

    code: str
    verdict: str
    text: str
    resource: str | None
    decided_by: EvidenceItem | None
    settle_with: str | None


class DrillEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that may have to be done."""

    event: str
    title: str
    verdict: str
    items: list[DrillItem]


class DrillDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The drill of one server."""

    schema: str = SCHEMA
    generated_at: str
    tool: str
    data_created_at: str
    files: list[SnapshotRef]
    server: ServerItem
    events: list[DrillEvent]


def build(facts: Facts, found: Drill, files: list[SnapshotRef]) -> DrillDocument:
    """The document of one drill."""
    return DrillDocument(
        generated_at=clock.stamp(),
        tool=f"pgtopo {__version__}",
        data_created_at=facts.topology.created_at,
        files=files,
        server=server_item(facts, found.server),
        events=[
            DrillEvent(
                event=one.name,
                title=one.title,
                verdict=one.verdict.value,
                items=[_item(facts, item) for item in one.items],
            )
            for one in found.events
        ],
    )


def _item(facts: Facts, item: Item) -> DrillItem:
    return DrillItem(
        code=item.code,
        verdict=item.verdict.value,
        text=item.text,
        resource=spelled(facts.topology, item.resource) if item.resource else None,
        decided_by=evidence_item(facts.topology, item.evidence[0]) if item.evidence else None,
        settle_with=item.settle_with or None,
    )
