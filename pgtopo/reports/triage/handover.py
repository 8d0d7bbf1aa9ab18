"""Two short texts to pass on: one for a chat, one for a support ticket."""

from collections.abc import Iterator

from pgtopo.reports.triage.document import TriageDocument
from pgtopo.reports.triage.wording import (
    REDACTED,
    clue,
    data_time,
    decided,
    ends,
    has_others,
    others,
)


def chat(document: TriageDocument) -> list[str]:
    """The incident in a few lines without markup."""
    client, server = ends(document)
    lines = [f"{client} -> {server}: {document.symptom.label}."]
    if document.causes:
        first = document.causes[0]
        lines.append(f"Cause ({first.certainty}): {first.text}")
        if has_others(first):
            lines.append(f"Also hit: {others(first.who_else)}.")
        elif first.verdict != "blocked" and first.next_probe:
            lines.append(f"Settle with: {first.next_probe}")
        lines += [f"Do: {fix.text}" for fix in first.fixes[:1]]
    if document.data.redacted:
        lines.append(f"Redacted: {REDACTED}.")
    lines.append(f"Data of {data_time(document)}; {document.tool}.")
    return lines


def ticket(document: TriageDocument) -> list[str]:
    """The incident for people who see neither the data nor this tool."""
    return list(_ticket(document))


def _ticket(document: TriageDocument) -> Iterator[str]:
    client, server = ends(document)
    yield "Product: Azure Database for PostgreSQL - Flexible Server"
    yield f"Problem: {document.symptom.label}"
    yield f"Client: {client}"
    if document.client is not None and document.client.id:
        yield f"Client resource: {document.client.id}"
    yield f"Server: {server}"
    if document.server is not None:
        yield f"Server resource: {document.server.id}"
    yield f"Error text: {document.symptom.quote or 'not given'}"
    if document.data.redacted:
        yield f"Redacted: {REDACTED}"
    yield f"Configuration as of: {data_time(document)}"
    yield from _path(document)
    for cause in document.causes[:2]:
        yield f"Suspected cause {cause.rank} ({cause.certainty}): {cause.code}: {cause.text}"
        for item in cause.evidence[:3]:
            yield f"    {clue(item, is_full=True)}"
    for reading in document.readings:
        yield f"Observed ({reading.tool}): {reading.text}"
    for one in document.not_checked[:5]:
        yield f"Not checked: {one.text}"


def _path(document: TriageDocument) -> Iterator[str]:
    path = document.path
    if path is None:
        return
    yield f"Name: {path.dns.verdict} ({path.dns.code})"
    yield f"Network: {path.network.verdict} ({path.network.code})"
    for step in path.steps:
        if step.verdict != "allowed":
            yield f"  {step.stage}: {step.verdict}: {step.text}"
            if step.decided_by is not None:
                yield f"    decided by {decided(step, is_full=True)}"
