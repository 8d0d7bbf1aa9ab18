"""`check` as Markdown: for a pull request, a wiki page or a ticket."""

from collections.abc import Iterator

from pgtopo.model.ids import owned_name
from pgtopo.reports.findings import grouped
from pgtopo.reports.findings.document import FindingItem, FindingsDocument
from pgtopo.reports.prose import value_text
from pgtopo.views import glyphs, markdown
from pgtopo.views.remedy import FixItem
from pgtopo.views.style import Style

FORMAT = "markdown"


def render(document: FindingsDocument, style: Style) -> bytes:
    """The findings as a Markdown page; suppressed ones are listed at the end."""
    lines = [
        "# pgtopo check",
        "",
        f"{grouped.looked_at(document)}. {document.generated_at}",
        "",
        *_summary(document),
    ]
    for group in grouped.faults(document):
        if group.is_shared:
            lines += ["", *_cause(group)]
        for item in group.items:
            lines += ["", *_finding(item, 3 if group.is_shared else 2)]
    for question in grouped.questions(document):
        lines += ["", *_question(question)]
    suppressed = grouped.suppressed(document)
    if suppressed:
        lines += ["", "## Suppressed", "", *_suppressed(suppressed)]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _summary(document: FindingsDocument) -> list[str]:
    total = document.summary
    header = ("errors", "warnings", "info", "unknown", "suppressed")
    counts = (total.error, total.warning, total.info, total.unknown, total.suppressed)
    return markdown.table(header, [[str(number) for number in counts]])


def _cause(group: grouped.Group) -> Iterator[str]:
    yield f"## {markdown.escaped(grouped.called(group.cause))}"
    yield ""
    yield f"{markdown.escaped(grouped.who_else(group.cause))}."


def _finding(item: FindingItem, level: int) -> Iterator[str]:
    glyph = glyphs.of_finding(item.outcome, item.severity)
    about = markdown.escaped(owned_name(item.subject))
    yield f"{'#' * level} {glyph.sign} {glyph.word} {item.check} {item.slug}: {about}"
    yield ""
    yield markdown.escaped(item.message)
    yield ""
    yield f"- subject: {markdown.code(item.subject)}"
    yield from _seen(item)
    if item.settle_with:
        yield f"- settle with: {markdown.code(item.settle_with)}"
    if item.baseline:
        yield "- in the baseline"
    for fix in item.fixes:
        yield from _fix(fix)


def _seen(item: FindingItem) -> Iterator[str]:
    for evidence in item.evidence:
        fact = markdown.code(f"{evidence.property} = {value_text(evidence.value)}")
        yield f"- seen: {markdown.code(evidence.resource)} {fact}"


def _question(question: grouped.Question) -> Iterator[str]:
    """What cannot be told, once for all checks that give the same reason."""
    first, *others = question.items
    if not others:
        yield from _finding(first, 2)
        return
    glyph = glyphs.of_finding(first.outcome, first.severity)
    yield f"## {glyph.sign} {glyph.word} {question.head}"
    yield ""
    yield markdown.escaped(first.message)
    yield ""
    if len(question.checks) > 1:
        yield f"- checks: {', '.join(question.checks)}"
    yield from (f"- subject: {markdown.code(one)}" for one in question.subjects)
    yield from _seen(first)
    if first.settle_with:
        yield f"- settle with: {markdown.code(first.settle_with)}"
    if first.baseline:
        yield "- in the baseline"


def _fix(fix: FixItem) -> Iterator[str]:
    word = "Fix, proved on a copy" if fix.verified else "What to do"
    yield ""
    yield f"**{word}:** {markdown.escaped(fix.text)}"
    if fix.commands:
        yield ""
        yield from markdown.block(fix.commands)
    if fix.verified:
        yield ""
        yield f"Effect: {markdown.escaped(fix.effect)} Mind: {markdown.escaped(fix.risk)}"
    if fix.note:
        yield ""
        yield markdown.escaped(fix.note)
    if fix.roll_back:
        yield ""
        yield "To take it back:"
        yield ""
        yield from markdown.block(fix.roll_back)


def _suppressed(items: list[FindingItem]) -> list[str]:
    rows = [
        [
            f"{item.check} {item.slug}",
            markdown.cell_code(item.subject),
            markdown.escaped(item.suppressed_by or ""),
        ]
        for item in items
    ]
    return markdown.table(("check", "subject", "reason"), rows)
