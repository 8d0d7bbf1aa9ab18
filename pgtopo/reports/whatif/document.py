"""The `whatif` document: what every format of it is made from."""

from collections.abc import Iterable

import msgspec

from pgtopo.analysis.matrix.changes import CellChange
from pgtopo.analysis.matrix.engine import Cell
from pgtopo.checks.finding import Finding
from pgtopo.checks.whatif import Outlook
from pgtopo.model.topology import Topology
from pgtopo.views.proof import spelled

SCHEMA = "pgtopo.whatif/1"


class VerdictItem(msgspec.Struct, frozen=True, kw_only=True):
    """One pair that fares differently; `gone` where a side does not exist."""

    client: str
    server: str
    before: str
    after: str
    code_before: str
    code_after: str


class FindingItem(msgspec.Struct, frozen=True, kw_only=True):
    """One finding that comes or goes."""

    key: str
    check: str
    slug: str
    severity: str
    outcome: str
    subject: str
    message: str


class Verdicts(msgspec.Struct, frozen=True, kw_only=True):
    """Client subnets and servers, by what the change does to them."""

    gained: list[VerdictItem]
    lost: list[VerdictItem]
    other: list[VerdictItem]


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """Findings, by what the change does to them."""

    cleared: list[FindingItem]
    added: list[FindingItem]


class WhatIfDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What a change does."""

    schema: str = SCHEMA
    port: int
    ops: int
    verdicts: Verdicts
    findings: Findings


def build(before: Topology, outlook: Outlook) -> WhatIfDocument:
    """The document of one change."""
    changes = outlook.cells
    return WhatIfDocument(
        port=outlook.port,
        ops=outlook.ops,
        verdicts=Verdicts(
            gained=_verdicts(before, (c for c in changes if c.is_gained)),
            lost=_verdicts(before, (c for c in changes if c.is_lost)),
            other=_verdicts(before, (c for c in changes if not (c.is_gained or c.is_lost))),
        ),
        findings=Findings(
            cleared=_findings(before, outlook.cleared), added=_findings(before, outlook.added)
        ),
    )


def _verdicts(topology: Topology, changes: Iterable[CellChange]) -> list[VerdictItem]:
    return [
        VerdictItem(
            client=topology.display(one.client),
            server=topology.display(one.server),
            before=_word(one.before),
            after=_word(one.after),
            code_before=one.before.code if one.before else "",
            code_after=one.after.code if one.after else "",
        )
        for one in changes
    ]


def _word(cell: Cell | None) -> str:
    return cell.verdict.value if cell is not None else "gone"


def _findings(topology: Topology, findings: Iterable[Finding]) -> list[FindingItem]:
    return [
        FindingItem(
            key=one.key,
            check=one.check,
            slug=one.slug,
            severity=one.severity.value,
            outcome=one.outcome.value,
            subject=spelled(topology, one.subject),
            message=one.message,
        )
        for one in sorted(findings, key=lambda one: one.key)
    ]
