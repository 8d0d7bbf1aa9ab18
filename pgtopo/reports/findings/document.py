"""The `check` document: what every format of it is made from."""

from collections.abc import Mapping, Sequence

import msgspec

from pgtopo.checks.base import Severity
from pgtopo.checks.causes import Cause, causes
from pgtopo.checks.fix import Fix
from pgtopo.checks.runner import LookedAt
from pgtopo.checks.standing import Standing, Summary, summary
from pgtopo.checks.weight import Hurt
from pgtopo.model.ids import ArmId, name_of
from pgtopo.model.topology import Topology
from pgtopo.views.proof import EvidenceItem, evidence_item, spelled
from pgtopo.views.remedy import FixItem, fix_item

SCHEMA = "pgtopo.findings/1"


class WhoElse(msgspec.Struct, frozen=True, kw_only=True):
    """What else goes wrong because of the same object."""

    findings: int
    """Other faults with this cause."""
    servers: int
    """Servers that all faults with this cause name."""
    networks: int
    """Networks that all faults with this cause name."""


class FindingItem(msgspec.Struct, frozen=True, kw_only=True):
    """One finding, ids as first seen."""

    key: str
    check: str
    slug: str
    severity: str
    outcome: str
    certainty: str
    subject: str
    related: list[str]
    message: str
    settle_with: str | None
    evidence: list[EvidenceItem]
    cause: str
    who_else: WhoElse | None
    """Absent where nothing else has this cause."""
    fixes: list[FixItem]
    suppressed_by: str | None
    baseline: bool


class CauseItem(msgspec.Struct, frozen=True, kw_only=True):
    """One object to be mended, and all that hangs on it; suppressed faults left out."""

    resource: str
    findings: list[str]
    """Keys of the faults, the worst first."""
    servers: list[str]
    """The servers that the faults name."""
    networks: list[str]
    """The networks that the faults name."""


class SetAsideItem(msgspec.Struct, frozen=True, kw_only=True):
    """A row that could not be read."""

    source: str
    """Name of the file, without its folder."""
    where: str
    reason: str


class FieldItem(msgspec.Struct, frozen=True, kw_only=True):
    """A field that could not be read; the rest of its row was."""

    resource: str
    path: str
    reason: str


class FindingsDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one run found."""

    schema: str = SCHEMA
    generated_at: str
    inputs: list[str]
    """Names of the files, without their folders."""
    looked_at: LookedAt
    findings: list[FindingItem]
    causes: list[CauseItem]
    """The faults by the object to be mended, the worst first; of equally grave ones, those that
    hurt most servers."""
    summary: Summary
    set_aside: list[SetAsideItem]
    """Rows that could not be read, and so were not looked at."""
    fields_not_read: list[FieldItem]
    """Fields that could not be read; what rests on them is unknown."""
    notes: list[str]
    """What of the settings file stands for nothing here."""


def build(
    topology: Topology,
    looked_at: LookedAt,
    standings: tuple[Standing, ...],
    *,
    inputs: Sequence[str],
    generated_at: str,
    fixes: Mapping[str, Sequence[Fix]] | None = None,
    notes: Sequence[str] = (),
) -> FindingsDocument:
    """The document of one run; `fixes` by finding key."""
    known = fixes or {}
    found = causes(topology, (one.finding for one in standings if one.is_fault))
    groups = sorted(found, key=_rank)
    shared = {cause.resource: _who_else(cause) for cause in groups if len(cause.findings) > 1}
    return FindingsDocument(
        generated_at=generated_at,
        inputs=[_file_name(name) for name in inputs],
        looked_at=looked_at,
        findings=[
            _item(topology, standing, known.get(standing.finding.key, ()), shared)
            for standing in standings
        ],
        causes=[_cause_item(topology, cause) for cause in groups],
        summary=summary(standings),
        set_aside=[
            SetAsideItem(source=_file_name(one.source), where=one.where, reason=one.reason)
            for one in topology.set_aside
        ],
        fields_not_read=[
            FieldItem(resource=one.resource, path=one.path, reason=one.reason)
            for one in topology.issues
        ],
        notes=list(notes),
    )


def _rank(cause: Cause) -> tuple[object, ...]:
    worst = cause.findings[0]
    hits = Hurt(cause.servers, cause.networks).order
    severity = list(Severity).index(worst.severity)
    return severity, *hits, worst.check, name_of(cause.resource), cause.resource


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _who_else(cause: Cause) -> WhoElse:
    return WhoElse(
        findings=len(cause.findings) - 1,
        servers=len(cause.servers),
        networks=len(cause.networks),
    )


def _cause_item(topology: Topology, cause: Cause) -> CauseItem:
    return CauseItem(
        resource=spelled(topology, cause.resource),
        findings=[one.key for one in cause.findings],
        servers=[spelled(topology, one) for one in cause.servers],
        networks=[spelled(topology, one) for one in cause.networks],
    )


def _item(
    topology: Topology,
    standing: Standing,
    fixes: Sequence[Fix],
    shared: Mapping[ArmId, WhoElse],
) -> FindingItem:
    finding = standing.finding
    return FindingItem(
        key=finding.key,
        check=finding.check,
        slug=finding.slug,
        severity=finding.severity.value,
        outcome=finding.outcome.value,
        certainty=finding.certainty.value,
        subject=spelled(topology, finding.subject),
        related=[spelled(topology, one) for one in finding.related],
        message=finding.message,
        settle_with=finding.settle_with or None,
        evidence=[evidence_item(topology, one) for one in finding.evidence],
        cause=spelled(topology, finding.cause),
        who_else=shared.get(finding.cause) if standing.is_fault else None,
        fixes=[fix_item(topology, fix) for fix in fixes],
        suppressed_by=standing.suppressed_by,
        baseline=standing.is_known,
    )
