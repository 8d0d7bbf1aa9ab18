"""`check` as one HTML page: nothing is loaded from anywhere, and only its filter runs."""

from collections.abc import Iterator
from functools import cache

from pgtopo.checks.base import AnyCheck
from pgtopo.checks.registry import catalogue
from pgtopo.checks.suppression import family_of
from pgtopo.model.ids import owned_name
from pgtopo.reports import html_page
from pgtopo.reports.findings import grouped, page
from pgtopo.reports.findings.document import FindingItem, FindingsDocument
from pgtopo.reports.html_page import code, text
from pgtopo.reports.prose import value_text
from pgtopo.views import glyphs
from pgtopo.views.remedy import FixItem
from pgtopo.views.signs import count
from pgtopo.views.style import Style

FORMAT = "html"


def render(document: FindingsDocument, style: Style) -> bytes:
    """The findings as a page, by cause; suppressed ones are listed at the end."""
    lines = [
        *html_page.begin("pgtopo check", page.policy(), page.CSS),
        "<h1>pgtopo check</h1>",
        *_head(document),
        *page.filter_form(),
    ]
    for group in grouped.faults(document):
        lines += _group(group)
    for question in grouped.questions(document):
        lines += _question(question)
    lines += _suppressed(grouped.suppressed(document))
    lines.append(f"<script>{page.SCRIPT}</script>{html_page.END}")
    return ("\n".join(lines) + "\n").encode("utf-8", "xmlcharrefreplace")


def _group(group: grouped.Group) -> Iterator[str]:
    if not group.is_shared:
        yield from _finding(group.items[0], "h2")
        return
    yield f"<section><h2>{text(grouped.called(group.cause))}</h2>"
    yield f"<p>{text(grouped.who_else(group.cause))}.</p>"
    for item in group.items:
        yield from _finding(item, "h3")
    yield "</section>"


def _head(document: FindingsDocument) -> Iterator[str]:
    total = document.summary
    yield f"<p>{text(grouped.looked_at(document))}. {text(document.generated_at)}</p>"
    yield (
        f"<p><strong>{count(total.error, 'error')}, {count(total.warning, 'warning')},"
        f" {total.info:,} info, {total.unknown:,} unknown, {total.suppressed:,} suppressed"
        "</strong></p>"
    )


def _finding(item: FindingItem, heading: str) -> Iterator[str]:
    glyph = glyphs.of_finding(item.outcome, item.severity)
    weight = item.severity if item.outcome == "fail" else "unknown"
    yield f'<article data-weight="{weight}" data-family="{family_of(item.check)}">'
    yield (
        f'<{heading}><span class="{glyph.tone}">{glyph.sign} {glyph.word}</span>'
        f" {text(item.check)} {text(item.slug)}: {text(owned_name(item.subject))}</{heading}>"
    )
    yield f"<p>{text(item.message)}</p>"
    check = _by_id()[item.check]
    yield f'<p class="why">{text(check.why)} <em>What a client sees:</em>'
    yield f" {text(check.client_sees)}</p>"
    yield f"<p>Subject: {code(item.subject)}</p>"
    yield from _grounds(item)
    for fix in item.fixes:
        yield from _fix(fix)
    yield "</article>"


def _question(question: grouped.Question) -> Iterator[str]:
    """What cannot be told, once for all checks that give the same reason."""
    first, *others = question.items
    if not others:
        yield from _finding(first, "h2")
        return
    glyph = glyphs.of_finding(first.outcome, first.severity)
    families = " ".join(dict.fromkeys(family_of(item.check) for item in question.items))
    yield f'<article data-weight="unknown" data-family="{families}">'
    yield f'<h2><span class="{glyph.tone}">{glyph.sign} {glyph.word}</span>'
    yield f" {text(question.head)}: {text(question.named)}</h2>"
    yield f"<p>{text(first.message)}</p>"
    if len(question.checks) > 1:
        yield f"<p>Checks: {text(', '.join(question.checks))}</p>"
    for subject in question.subjects:
        yield f"<p>Subject: {code(subject)}</p>"
    yield from _grounds(first)
    yield "</article>"


def _grounds(item: FindingItem) -> Iterator[str]:
    """What was seen, and what would settle it."""
    if item.evidence:
        yield "<table><tr><th>resource</th><th>property</th><th>value</th></tr>"
        for seen in item.evidence:
            cells = (seen.resource, seen.property, value_text(seen.value))
            yield "<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in cells) + "</tr>"
        yield "</table>"
    if item.settle_with:
        yield f"<p>Settle with: {code(item.settle_with)}</p>"
    if item.baseline:
        yield "<p>In the baseline.</p>"


@cache
def _by_id() -> dict[str, AnyCheck]:
    return {check.id: check for check in catalogue()}


def _fix(fix: FixItem) -> Iterator[str]:
    word = "Fix, proved on a copy" if fix.verified else "What to do"
    yield f"<p><strong>{word}:</strong> {text(fix.text)}</p>"
    if fix.commands:
        yield f"<pre><code>{_lines(fix.commands)}</code></pre>"
    if fix.verified:
        yield f"<p>Effect: {text(fix.effect)} Mind: {text(fix.risk)}</p>"
    if fix.note:
        yield f"<p>{text(fix.note)}</p>"
    if fix.roll_back:
        yield f"<p>To take it back:</p><pre><code>{_lines(fix.roll_back)}</code></pre>"


def _lines(commands: list[str]) -> str:
    return "\n".join(text(command) for command in commands)


def _suppressed(items: list[FindingItem]) -> Iterator[str]:
    if not items:
        return
    yield "<h2>Suppressed</h2><table><tr><th>check</th><th>subject</th><th>reason</th></tr>"
    for item in items:
        cells = (f"{item.check} {item.slug}", item.subject, item.suppressed_by or "")
        yield "<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"
