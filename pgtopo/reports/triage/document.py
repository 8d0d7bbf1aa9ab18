"""The `triage` document: what every format of it is made from."""

import msgspec

from pgtopo import __version__
from pgtopo.analysis.facts import Facts
from pgtopo.model.history import Change
from pgtopo.model.topology import Topology
from pgtopo.reports import clock
from pgtopo.reports.trace import document as trace
from pgtopo.reports.trace.document import ClientItem, ServerItem, TraceDocument
from pgtopo.reports.triage.sentence import points
from pgtopo.triage.causes.cause import Cause, Clue, WhoElse
from pgtopo.triage.diagnosis import Diagnosis
from pgtopo.triage.scrub import scrubbed
from pgtopo.triage.state import SnapshotRef
from pgtopo.triage.symptoms.classify import Heard, Symptom
from pgtopo.views.proof import spelled
from pgtopo.views.remedy import FixItem, fix_item

SCHEMA = "pgtopo.triage/1"


class SymptomItem(msgspec.Struct, frozen=True, kw_only=True, rename={"kind": "class"}):
    """What the client saw."""

    kind: str
    means: str
    does_not_mean: str
    label: str
    quote: str
    also: list[str]
    """Other errors in the same paste, which are not the cause."""


class ClueItem(msgspec.Struct, frozen=True, kw_only=True):
    """One fact for or against a cause."""

    resource: str | None
    property: str | None
    value: object
    text: str


class WhoElseItem(msgspec.Struct, frozen=True, kw_only=True):
    """Who else the same cause stops."""

    clients: int
    servers: int
    client_names: list[str]
    server_names: list[str]
    is_complete: bool
    networks: int = 0
    has_known_clients: bool = True


class CauseItem(msgspec.Struct, frozen=True, kw_only=True):
    """One cause."""

    rank: int
    code: str
    check: str | None
    resource: str | None
    verdict: str
    certainty: str
    stage: str | None
    text: str
    evidence: list[ClueItem]
    against: list[ClueItem]
    next_probe: str | None
    probe_says: str
    fixes: list[FixItem]
    who_else: WhoElseItem
    follows_from: int | None
    """The rank of the cause upstream that this only follows from."""


class ReadingItem(msgspec.Struct, frozen=True, kw_only=True):
    """What pasted output showed."""

    source: str
    tool: str
    outcome: str
    text: str


class ChangeItem(msgspec.Struct, frozen=True, kw_only=True):
    """One change on the way."""

    time: str
    resource: str
    kind: str
    properties: list[str]
    changed_by: str | None


class OpenItem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not checked."""

    text: str
    settle_with: str


class DataItem(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at."""

    created_at: str
    files: list[SnapshotRef]
    scope: dict[str, object]
    redacted: bool
    """Whether names, GUIDs and addresses are pseudonyms."""


class TriageDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One incident."""

    schema: str = SCHEMA
    generated_at: str
    tool: str
    data: DataItem
    summary: str
    """The verdict in words that stand alone."""
    points: list[str]
    """The same, one statement each; the first says what is broken, and why."""
    symptom: SymptomItem
    client: ClientItem | None
    server: ServerItem | None
    port: int
    forms: list[str]
    """What stands in the client's connection string, as far as it was told."""
    causes: list[CauseItem]
    path: TraceDocument | None
    readings: list[ReadingItem]
    timeline: list[ChangeItem]
    """What changed on the way, the latest first."""
    notes: list[str]
    not_checked: list[OpenItem]


def build(
    facts: Facts, found: Diagnosis, files: list[SnapshotRef], *, is_redacted: bool = False
) -> TriageDocument:
    """The document of one incident."""
    topology, ends = facts.topology, found.ends
    traced = None
    if found.path is not None and ends.target is not None:
        traced = trace.build(facts, ends.target, found.path, found.opened)
    told = points(facts, found)
    leads = {one.resource: at for at, one in enumerate(found.causes, 1) if one.mended_by}
    causes = [
        _cause(topology, at, one, leads.get(one.follows) if one.follows is not None else None)
        for at, one in enumerate(found.causes, 1)
    ]
    return TriageDocument(
        generated_at=clock.stamp(),
        tool=f"pgtopo {__version__}",
        data=DataItem(
            created_at=topology.created_at,
            files=files,
            scope=topology.scope,
            redacted=is_redacted,
        ),
        summary=" ".join(told),
        points=told,
        symptom=_symptom(found.symptom),
        client=trace.client_item(topology, ends.client) if ends.client is not None else None,
        server=trace.server_item(facts, ends.server) if ends.server is not None else None,
        port=ends.port,
        forms=[one.value for one in ends.forms],
        causes=causes,
        path=traced,
        readings=[
            ReadingItem(source=one.source, tool=one.tool, outcome=one.outcome.value, text=one.says)
            for one in found.readings
        ],
        timeline=[_change(topology, one) for one in found.timeline],
        notes=list(ends.notes),
        not_checked=[
            OpenItem(text=one.text, settle_with=one.settle_with) for one in found.not_checked
        ],
    )


def _change(topology: Topology, change: Change) -> ChangeItem:
    return ChangeItem(
        time=change.time,
        resource=topology.display(change.target),
        kind=change.change_type.lower(),
        properties=list(change.properties),
        changed_by=change.changed_by or None,
    )


def _symptom(symptom: Symptom) -> SymptomItem:
    return SymptomItem(
        kind=symptom.kind.value,
        means=symptom.sense.means,
        does_not_mean=symptom.sense.does_not_mean,
        label=symptom.kind.label,
        quote=scrubbed(symptom.quote),
        also=[_heard(one) for one in symptom.also],
    )


def _heard(one: Heard) -> str:
    return scrubbed(one.quote)


def _cause(topology: Topology, rank: int, cause: Cause, lead: int | None) -> CauseItem:
    return CauseItem(
        rank=rank,
        code=cause.code,
        check=cause.check,
        resource=spelled(topology, cause.resource) if cause.resource is not None else None,
        verdict=cause.verdict.value,
        certainty=cause.certainty.value,
        stage=cause.stage.value if cause.stage is not None else None,
        text=cause.text,
        evidence=[_clue(topology, one) for one in cause.evidence],
        against=[_clue(topology, one) for one in cause.against],
        next_probe=cause.next_probe or None,
        probe_says=cause.probe_says,
        fixes=[fix_item(topology, one) for one in cause.fixes],
        who_else=_who_else(cause.who_else),
        follows_from=lead,
    )


def _clue(topology: Topology, clue: Clue) -> ClueItem:
    return ClueItem(
        resource=spelled(topology, clue.resource) if clue.resource is not None else None,
        property=clue.property or None,
        value=clue.value,
        text=scrubbed(clue.text),
    )


def _who_else(found: WhoElse) -> WhoElseItem:
    return WhoElseItem(
        clients=found.clients,
        servers=found.servers,
        client_names=list(found.client_names),
        server_names=list(found.server_names),
        is_complete=found.is_complete,
        networks=found.networks,
        has_known_clients=found.has_known_clients,
    )
