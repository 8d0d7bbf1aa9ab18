"""`triage` as one HTML page: no scripts, and nothing is loaded from anywhere."""

from collections.abc import Iterator

from pgtopo.reports.folding import Told, folded
from pgtopo.reports.html_page import END, begin, code, text
from pgtopo.reports.triage import handover, wording
from pgtopo.reports.triage.document import CauseItem, TriageDocument
from pgtopo.reports.triage.report import TriageReport
from pgtopo.views import glyphs
from pgtopo.views.remedy import FixItem
from pgtopo.views.stage_words import words_of
from pgtopo.views.style import Style

FORMAT = "html"

CSS = """
:root{--ink:#1f2328;--dim:#59636e;--paper:#fff;--edge:#d1d9e0;--code:#f6f8fa;--bad:#b3261e;
--unknown:#0a62c4;--good:#1a7f37;--mixed:#7a3fd1}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--dim:#9198a1;--paper:#0d1117;--edge:#3d444d;
--code:#161b22;--bad:#ff7b72;--unknown:#79c0ff;--good:#56d364;--mixed:#c297ff}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;border-bottom:1px solid var(--edge);margin-top:2rem}
h3{font-size:1rem;margin:1.5rem 0 .25rem}
pre,code{font-family:ui-monospace,monospace;font-size:.85rem;background:var(--code)}
pre{padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;
border:1px solid var(--edge);border-radius:4px}
code{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
td,th{border:1px solid var(--edge);padding:.3rem .5rem;text-align:left;vertical-align:top}
.verdict{border-left:4px solid var(--bad);padding:.5rem 1rem;font-size:1.05rem}
.unknown .verdict,.verdict.unknown{border-color:var(--unknown)}
.bad{color:var(--bad)}.unknown{color:var(--unknown)}.good{color:var(--good)}
.mixed{color:var(--mixed)}.dim{color:var(--dim)}
svg{max-width:100%;height:auto}
@media print{body{max-width:none}}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(report: TriageReport, style: Style) -> bytes:
    """The incident report."""
    document = report.document
    lines = [
        *begin("Incident report", POLICY, CSS),
        "<h1>Incident report: connection to PostgreSQL</h1>",
        f'<p class="verdict"><strong>{text(document.points[0])}</strong></p><ul>',
        *(f"<li>{text(one)}</li>" for one in document.points[1:]),
        "</ul>",
        *_facts(document),
        *_symptom(document),
        *_fixes(document),
        *_causes(document),
        *_path(report),
        *_timeline(document),
        *_open(document),
        "<h2>To pass on</h2><p>For a chat:</p>",
        _pre(handover.chat(document)),
        "<p>For a support ticket:</p>",
        _pre(handover.ticket(document)),
        END,
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "xmlcharrefreplace")


def _pre(lines: list[str]) -> str:
    return "<pre>" + "\n".join(text(line) for line in lines) + "</pre>"


def _row(*cells: str, head: str = "") -> str:
    first = f"<th>{head}</th>" if head else ""
    return f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _facts(document: TriageDocument) -> Iterator[str]:
    client, server = wording.ends(document)
    yield "<table>"
    yield _row(text(client), head="Client")
    if document.client is not None and document.client.id:
        yield _row(code(document.client.id), head="Client resource")
    yield _row(text(server), head="Server")
    if document.server is not None:
        yield _row(code(document.server.id), head="Server resource")
    if document.forms:
        yield _row(text("; ".join(document.forms)), head="Connects by")
    if document.data.redacted:
        yield _row(text(wording.REDACTED), head="Redacted")
    yield _row(text(wording.data_time(document)), head="Data of")
    for file in document.data.files:
        yield _row(f"{code(file.path)}<br>SHA-256 {code(file.sha256)}", head="Data file")
    yield _row(text(f"{document.generated_at} by {document.tool}"), head="Written")
    yield "</table>"
    for note in document.notes:
        yield f'<p class="dim">{text(note)}</p>'


def _symptom(document: TriageDocument) -> Iterator[str]:
    symptom = document.symptom
    yield f"<h2>What the client sees</h2><p><strong>{text(symptom.label)}</strong> "
    yield f"({code(symptom.kind)})</p>"
    if symptom.quote:
        yield _pre([symptom.quote, *symptom.also])
    yield f"<p>What it means: {text(symptom.means)}</p>"
    yield f"<p>What it does not mean: {text(symptom.does_not_mean)}</p>"
    if document.readings:
        yield "<p>What commands showed:</p><ul>"
        for one in document.readings:
            yield f"<li>{text(one.text)} ({text(one.tool or 'unread')}, {text(one.source)})</li>"
        yield "</ul>"


def _fixes(document: TriageDocument) -> Iterator[str]:
    path = document.path
    if path is None or not path.fixes:
        return
    yield "<h2>What to do</h2><ol>"
    for fix in path.fixes:
        yield f"<li>{''.join(_fix(fix))}</li>"
    yield "</ol>"
    if path.verdict_with_fixes:
        yield (
            "<p>With the proved changes this path is"
            f" <strong>{text(wording.outcome(path.verdict_with_fixes))}</strong>.</p>"
        )


def _fix(fix: FixItem) -> Iterator[str]:
    word = wording.proved(fix)
    yield f"<p>{text(fix.text)} <em>({word}.)</em></p>"
    if fix.commands:
        yield _pre(fix.commands)
    for name, told in (("Effect", fix.effect), ("Mind", fix.risk), ("Proof", fix.proof)):
        if told:
            yield f"<p>{name}: {text(told)}</p>"
    if fix.needs:
        yield f"<p>Needs the permission: {', '.join(map(code, fix.needs))}</p>"
    if fix.roll_back:
        yield f"<p>To take it back:</p>{_pre(fix.roll_back)}"


def _causes(document: TriageDocument) -> Iterator[str]:
    yield "<h2>Causes, the likeliest first</h2>"
    if not document.causes:
        yield "<p>Nothing that was read explains it.</p>"
    for cause in document.causes:
        yield from _cause(document, cause)


def _cause(document: TriageDocument, cause: CauseItem) -> Iterator[str]:
    check = f", check {code(cause.check)}" if cause.check else ""
    tone = glyphs.of_verdict(cause.verdict).tone
    yield f"<h3>{cause.rank}. {text(cause.text)}</h3>"
    yield (
        f'<p><span class="{tone}">{text(wording.verdict(cause.verdict))}</span>,'
        f" <strong>{text(cause.certainty)}</strong>"
        f" ({text(wording.CERTAINTY[cause.certainty])}); code {code(cause.code)}{check}</p>"
    )
    if cause.resource:
        yield f"<p>Resource: {code(cause.resource)}</p>"
    for head, items in (("For it", cause.evidence), ("Against it", cause.against)):
        if items:
            yield f"<p>{head}:</p><ul>"
            yield from (f"<li>{text(wording.clue(one, is_full=True))}</li>" for one in items)
            yield "</ul>"
    if cause.next_probe:
        yield f"<p>Settle or confirm it with:</p>{_pre([cause.next_probe])}"
        if cause.probe_says:
            yield f"<p>{text(cause.probe_says)}</p>"
    shown = {fix.text for fix in document.path.fixes} if document.path is not None else set()
    for fix in cause.fixes:
        if fix.text not in shown:
            yield "".join(_fix(fix))
    if wording.has_others(cause):
        yield f"<p>Who else: {text(wording.others(cause.who_else))}.</p>"


def _path(report: TriageReport) -> Iterator[str]:
    path = report.document.path
    if path is None:
        return
    answers = ", ".join(map(code, path.dns.answers)) or "none"
    yield "<h2>The path, there and back</h2>"
    yield f"<p>Name: <strong>{text(path.dns.verdict)}</strong> ({code(path.dns.code)}),"
    yield f"answers: {answers}<br>Network: <strong>{text(path.network.verdict)}</strong>"
    yield f"({code(path.network.code)})</p>"
    yield report.picture
    yield "<table><tr><th>Verdict</th><th>Way</th><th>Stage</th><th>What was found</th>"
    yield "<th>Decided by</th></tr>"
    for step in path.steps:
        tone = glyphs.of_verdict(step.verdict).tone
        yield _row(
            f'<span class="{tone}">{text(wording.verdict(step.verdict))}</span>',
            words_of(step.stage).way,
            words_of(step.stage).full,
            text(step.text),
            code(wording.decided(step, is_full=True)) if step.decided_by else "",
        )
    yield "</table>"


def _timeline(document: TriageDocument) -> Iterator[str]:
    if not document.timeline:
        return
    yield "<h2>What changed on the way</h2><table><tr><th>Time</th><th>Resource</th>"
    yield "<th>Change</th><th>Properties</th><th>By</th></tr>"
    for one in document.timeline:
        yield _row(
            text(one.time),
            code(one.resource),
            text(one.kind),
            text(", ".join(one.properties[:5])),
            text(one.changed_by or "not known"),
        )
    yield "</table>"


def _open(document: TriageDocument) -> Iterator[str]:
    yield "<h2>What was not checked</h2><ul>"
    for one in folded(Told(item.text, item.settle_with) for item in document.not_checked):
        settle = f" Settle with: {code(one.settle_with)}" if one.settle_with else ""
        yield f"<li>{text(one.text)}{settle}</li>"
    yield "</ul>"
