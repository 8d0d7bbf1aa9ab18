"""`check` for people: what it adds up to, then cause by cause, the worst first."""

from collections.abc import Iterator

from pgtopo.model.ids import owned_name
from pgtopo.reports.findings import grouped
from pgtopo.reports.findings.document import FindingItem, FindingsDocument
from pgtopo.reports.prose import brief, paragraph, value_text
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.proof import EvidenceItem
from pgtopo.views.remedy import FixItem
from pgtopo.views.signs import count
from pgtopo.views.style import Style
from pgtopo.views.width import elided

FORMAT = "text"

_IN = "    "
_EVIDENCE = 2
"""How much evidence is shown of each finding."""
_EXAMPLES = 2
"""Of many subjects about which one check cannot tell, how many are shown."""


def render(document: FindingsDocument, style: Style) -> bytes:
    """The findings as text, by cause; suppressed ones are only counted."""
    told = paragraph(grouped.looked_at(document), style)
    lines = [summary_line(document, style), *(style.painted(line, "quiet") for line in told), ""]
    for group in grouped.faults(document):
        lines += _group(group, style)
    for alike in _by_checks(grouped.questions(document)):
        many = len(alike) > _EXAMPLES + 1
        for question in alike[:_EXAMPLES] if many else alike:
            lines += [*_question(question, style), ""]
        if many:
            lines += [*_more(alike, style), ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _group(group: grouped.Group, style: Style) -> Iterator[str]:
    """The faults of a cause; one that has several is named first, with all that it hits."""
    if group.is_shared:
        text = f"{grouped.called(group.cause)}: {grouped.who_else(group.cause)}"
        yield from (style.painted(line, "strong") for line in paragraph(text, style))
        yield ""
    told: set[str] = set()
    for item in group.items:
        yield from _finding(item, style, told)
        yield ""


def _by_checks(items: list[grouped.Question]) -> list[list[grouped.Question]]:
    groups: dict[tuple[str, ...], list[grouped.Question]] = {}
    for item in items:
        groups.setdefault(tuple(item.checks), []).append(item)
    return list(groups.values())


def _question(question: grouped.Question, style: Style) -> Iterator[str]:
    """What cannot be told, once for all checks that give the same reason."""
    first, *others = question.items
    if not others:
        yield from _finding(first, style)
        return
    mark = style.marked(glyphs.UNKNOWN)
    known = "  (in the baseline)" if first.baseline else ""
    subjects = style.painted(printable(question.named), "strong")
    yield f"{mark}  {question.head}  {subjects}{known}"
    yield from paragraph(first.message, style, _IN)
    yield from _seen(first, style)
    if first.settle_with:
        yield from paragraph(first.settle_with, style, _IN + " " * 13, f"{_IN}settle with: ")
    if len(question.checks) > 1:
        yield from paragraph(", ".join(question.checks), style, _IN + " " * 8, f"{_IN}checks: ")
    if style.has_full_ids:
        yield from (f"{_IN}subject: {printable(one)}" for one in question.subjects)


def _more(alike: list[grouped.Question], style: Style) -> list[str]:
    mark = style.marked(glyphs.UNKNOWN)
    left = len({one for question in alike[_EXAMPLES:] for one in question.subjects})
    checks = dict.fromkeys(item.check for item in alike[0].items)
    chosen = " ".join(f"--select {check}" for check in checks)
    text = f"{left:,} more subjects; {chosen} --format csv lists them all"
    return [f"{mark}  {alike[0].head}", *paragraph(text, style, _IN)]


def _finding(item: FindingItem, style: Style, told: set[str] | None = None) -> Iterator[str]:
    mark = style.marked(glyphs.of_finding(item.outcome, item.severity))
    known = "  (in the baseline)" if item.baseline else ""
    subject = style.painted(printable(owned_name(item.subject)), "strong")
    yield f"{mark}  {item.check} {item.slug}  {subject}{known}"
    yield from paragraph(item.message, style, _IN)
    if style.has_full_ids:
        yield f"{_IN}subject: {printable(item.subject)}"
    yield from _seen(item, style)
    if item.settle_with:
        yield from paragraph(item.settle_with, style, _IN + " " * 13, f"{_IN}settle with: ")
    if item.certainty == "likely" and item.outcome == "fail":
        yield f"{_IN}likely: rests on an assumption; 'pgtopo explain {item.check}' says which"
    yield from _fixes(item, style, set() if told is None else told)


def _seen(item: FindingItem, style: Style) -> Iterator[str]:
    """The first of the evidence, or all of it."""
    shown = len(item.evidence) if style.has_full_ids else _EVIDENCE
    for evidence in item.evidence[:shown]:
        yield _IN + style.painted(_evidence(evidence, item.subject, style), "quiet")
    if len(item.evidence) > shown:
        more = f"seen: {len(item.evidence) - shown:,} more (--full-ids shows all)"
        yield _IN + style.painted(more, "quiet")


def _fixes(item: FindingItem, style: Style, told: set[str]) -> Iterator[str]:
    """The fixes of a finding; one that its cause has shown before is only named."""
    for fix in item.fixes:
        if fix.verified and fix.text in told:
            yield from paragraph(fix.text, style, _IN + "  ", f"{_IN}fix, as above: ")
        else:
            yield from fix_lines(fix, style, _IN)
        told.add(fix.text)


def fix_lines(fix: FixItem, style: Style, indent: str) -> Iterator[str]:
    """A fix; commands stay on one line, however long, so that they can be copied."""
    word = "fix (proved on a copy): " if fix.verified else "what to do: "
    yield from paragraph(fix.text, style, indent + "  ", indent + word)
    for command in fix.commands:
        yield f"{indent}  {printable(command)}"
    others = len(fix.clears) - 1
    if fix.verified and others > 0:
        yield f"{indent}  clears {count(others, 'other finding')} as well"
    for change in fix.lost:
        yield f"{indent}  cuts off {printable(change.client)} from {printable(change.server)}"
    if fix.note:
        yield from paragraph(fix.note, style, indent + "  ", f"{indent}  but: ")
    if fix.verified and fix.risk:
        yield from paragraph(fix.risk, style, indent + "  ", f"{indent}  mind: ")


def _evidence(evidence: EvidenceItem, subject: str, style: Style) -> str:
    """The property that was seen; its resource only where it is not the subject."""
    value = value_text(evidence.value)
    where = "" if evidence.resource == subject else f"{evidence.resource}  "
    if style.has_full_ids:
        return printable(f"seen: {where}{evidence.property} = {value}")
    name = evidence.property.removeprefix("properties.")
    fact = printable(f"seen: {brief(where)}{name} = {brief(value)}")
    return (
        fact if style.width is None else elided(fact, max(style.width - len(_IN), 40), style.dots)
    )


def summary_line(document: FindingsDocument, style: Style) -> str:
    """What the run adds up to, on one line."""
    total = document.summary
    texts = [
        count(total.error, "error"),
        count(total.warning, "warning"),
        f"{total.info:,} info",
        f"{total.unknown:,} unknown",
    ]
    if total.suppressed:
        texts.append(f"{total.suppressed:,} suppressed")
    if total.baseline:
        texts.append(f"{total.baseline:,} of the faults in the baseline")
    return style.painted(", ".join(texts), "strong")
