"""`triage` as Markdown: a report that says everything without pgtopo at hand."""

from collections.abc import Iterator

from pgtopo.reports.folding import Told, folded
from pgtopo.reports.triage import handover, wording
from pgtopo.reports.triage.document import CauseItem, TriageDocument
from pgtopo.reports.triage.report import TriageReport
from pgtopo.views.literal import printable
from pgtopo.views.markdown import block, cell_code, code, escaped, table
from pgtopo.views.remedy import FixItem
from pgtopo.views.stage_words import words_of
from pgtopo.views.style import Style

FORMAT = "markdown"


def render(report: TriageReport, style: Style) -> bytes:
    """The incident report."""
    document = report.document
    lines = [
        "# Incident report: connection to PostgreSQL",
        "",
        f"**{escaped(document.points[0])}**",
        "",
        *(f"- {escaped(one)}" for one in document.points[1:]),
        "",
        *_facts(document),
        *_symptom(document),
        *_fixes(document),
        *_causes(document),
        *_path(report),
        *_timeline(document),
        *_open(document),
        *_texts(document),
    ]
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8", "backslashreplace")


def _facts(document: TriageDocument) -> Iterator[str]:
    client, server = wording.ends(document)
    rows = [("Client", escaped(client)), ("Server", escaped(server))]
    if document.client is not None and document.client.id:
        rows.append(("Client resource", cell_code(document.client.id)))
    if document.server is not None:
        rows.append(("Server resource", cell_code(document.server.id)))
    if document.forms:
        rows.append(("Connects by", escaped("; ".join(document.forms))))
    if document.data.redacted:
        rows.append(("Redacted", escaped(wording.REDACTED)))
    rows.append(("Data of", escaped(wording.data_time(document))))
    rows += [
        ("Data file", f"{cell_code(file.path)}, SHA-256 {cell_code(file.sha256)}")
        for file in document.data.files
    ]
    rows.append(("Written", escaped(f"{document.generated_at} by {document.tool}")))
    yield from table(("", ""), rows)
    yield ""
    for note in document.notes:
        yield f"- {escaped(note)}"


def _symptom(document: TriageDocument) -> Iterator[str]:
    symptom = document.symptom
    yield from ("", "## What the client sees", "")
    yield f"**{escaped(symptom.label)}** ({code(symptom.kind)})."
    if symptom.quote:
        yield from ("", *_fenced([symptom.quote, *symptom.also]))
    yield from ("", f"What it means: {escaped(symptom.means)}")
    yield from ("", f"What it does not mean: {escaped(symptom.does_not_mean)}", "")
    if document.readings:
        yield from ("What commands showed:", "")
        for one in document.readings:
            yield f"- {escaped(one.text)} ({escaped(one.tool or 'unread')}, {escaped(one.source)})"
        yield ""


def _fenced(lines: list[str]) -> list[str]:
    made = block(lines)
    return [made[0].removesuffix("sh") + "text", *made[1:]]


def _fixes(document: TriageDocument) -> Iterator[str]:
    path = document.path
    if path is None or not path.fixes:
        return
    yield from ("## What to do", "")
    for at, fix in enumerate(path.fixes, 1):
        yield from _fix(fix, f"{at}. ")
    if path.verdict_with_fixes:
        told = wording.outcome(path.verdict_with_fixes)
        yield f"With the proved changes this path is **{escaped(told)}**."
        yield ""


def _fix(fix: FixItem, lead: str = "") -> Iterator[str]:
    word = wording.proved(fix)
    yield f"{lead}{escaped(fix.text)} *({word}.)*"
    yield ""
    if fix.commands:
        yield from (*block(fix.commands), "")
    for name, text in (("Effect", fix.effect), ("Mind", fix.risk), ("Proof", fix.proof)):
        if text:
            yield from (f"{name}: {escaped(text)}", "")
    if fix.needs:
        yield from (f"Needs the permission: {', '.join(map(code, fix.needs))}", "")
    if fix.roll_back:
        yield from ("To take it back:", "", *block(fix.roll_back), "")


def _causes(document: TriageDocument) -> Iterator[str]:
    yield from ("## Causes, the likeliest first", "")
    if not document.causes:
        yield from ("Nothing that was read explains it.", "")
    for cause in document.causes:
        yield from _cause(document, cause)


def _cause(document: TriageDocument, cause: CauseItem) -> Iterator[str]:
    check = f", check {code(cause.check)}" if cause.check else ""
    yield f"### {cause.rank}. {escaped(cause.text)}"
    yield ""
    yield (
        f"{wording.verdict(cause.verdict)}, **{escaped(cause.certainty)}**"
        f" ({escaped(wording.CERTAINTY[cause.certainty])}); code {code(cause.code)}{check}."
    )
    yield ""
    if cause.resource:
        yield from (f"Resource: {code(cause.resource)}", "")
    for head, items in (("For it", cause.evidence), ("Against it", cause.against)):
        if items:
            yield from (f"{head}:", "")
            yield from (f"- {escaped(wording.clue(item, is_full=True))}" for item in items)
            yield ""
    if cause.next_probe:
        yield from ("Settle or confirm it with:", "", *block([cause.next_probe]), "")
        if cause.probe_says:
            yield from (escaped(cause.probe_says), "")
    shown = {fix.text for fix in document.path.fixes} if document.path is not None else set()
    for fix in cause.fixes:
        if fix.text not in shown:
            yield from _fix(fix, "What to do: ")
    if wording.has_others(cause):
        yield from (f"Who else: {escaped(wording.others(cause.who_else))}.", "")


def _path(report: TriageReport) -> Iterator[str]:
    path = report.document.path
    if path is None:
        return
    yield from ("## The path, there and back", "")
    yield f"Name: **{escaped(path.dns.verdict)}** ({code(path.dns.code)}), answers: " + (
        ", ".join(map(code, path.dns.answers)) or "none"
    )
    yield f"Network: **{escaped(path.network.verdict)}** ({code(path.network.code)})"
    yield ""
    yield from _drawn(report.drawing)
    rows = [
        (
            escaped(wording.verdict(step.verdict)),
            words_of(step.stage).way,
            words_of(step.stage).full,
            escaped(step.text),
            cell_code(wording.decided(step, is_full=True)) if step.decided_by else "",
        )
        for step in path.steps
    ]
    yield from table(("Verdict", "Way", "Stage", "What was found", "Decided by"), rows)
    yield ""


def _drawn(drawing: str) -> list[str]:
    if not drawing:
        return []
    lines = drawing.splitlines()
    fence = "~" * max(3, max(len(line) - len(line.lstrip("~")) for line in lines) + 1)
    return [f"{fence}text", *lines, fence, ""]


def _timeline(document: TriageDocument) -> Iterator[str]:
    if not document.timeline:
        return
    yield from ("## What changed on the way", "")
    rows = [
        (
            escaped(one.time),
            cell_code(one.resource),
            escaped(one.kind),
            escaped(", ".join(one.properties[:5])),
            escaped(one.changed_by or "not known"),
        )
        for one in document.timeline
    ]
    yield from table(("Time", "Resource", "Change", "Properties", "By"), rows)
    yield ""


def _open(document: TriageDocument) -> Iterator[str]:
    yield from ("## What was not checked", "")
    for one in folded(Told(item.text, item.settle_with) for item in document.not_checked):
        settle = f" Settle with: {code(one.settle_with)}" if one.settle_with else ""
        yield f"- {escaped(one.text)}{settle}"
    yield ""


def _texts(document: TriageDocument) -> Iterator[str]:
    yield from ("## To pass on", "", "For a chat:", "")
    yield from _fenced([printable(line) for line in handover.chat(document)])
    yield from ("", "For a support ticket:", "")
    yield from _fenced([printable(line) for line in handover.ticket(document)])
