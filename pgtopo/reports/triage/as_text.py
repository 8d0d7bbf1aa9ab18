"""`triage` for people at a terminal: the answer first, then causes, then what is open."""

from collections.abc import Iterator

from pgtopo.reports.folding import Told, folded
from pgtopo.reports.prose import brief, paragraph
from pgtopo.reports.triage import wording
from pgtopo.reports.triage.document import CauseItem, TriageDocument
from pgtopo.reports.triage.report import TriageReport
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.remedy import FixItem
from pgtopo.views.style import Style

FORMAT = "text"

_INDENT = " " * 9


def render(report: TriageReport, style: Style) -> bytes:
    """The incident as text."""
    document = report.document
    lines = [*_head(document, style), ""]
    for cause in document.causes:
        lines += _brief(cause, style) if wording.is_short(cause) else _cause(cause, style)
    if not document.causes:
        lines += ["  No cause was found in the data.", ""]
    drawing = report.ascii_drawing if style.is_ascii else report.drawing
    if drawing:
        lines += ["", style.painted("The path", "strong"), *drawing.splitlines()]
    lines += [*_timeline(document, style), "", *_open(document, style)]
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8", "backslashreplace")


def _head(document: TriageDocument, style: Style) -> Iterator[str]:
    client, server = wording.ends(document)
    symptom = document.symptom
    yield from paragraph(document.points[0], style)
    for point in document.points[1:]:
        yield from paragraph(point, style, "    ", "  - ")
    yield ""
    yield from _field("symptom", f"{symptom.kind} ({symptom.label})", style)
    if symptom.quote:
        yield from paragraph(f'"{symptom.quote}"', style, _INDENT)
    yield from paragraph(symptom.means, style, _INDENT)
    yield from paragraph(f"But: {symptom.does_not_mean}", style, _INDENT)
    yield from _field("client", client, style)
    yield from _field("server", server, style)
    for form in document.forms:
        yield from _field("by", form, style)
    if document.data.redacted:
        yield from _field("redacted", wording.REDACTED, style)
    yield from _field("data", wording.data_time(document), style)
    for note in document.notes:
        yield from _field("note", note, style)
    for reading in document.readings:
        yield from _field("seen", f"{reading.text} ({reading.source})", style)


def _field(name: str, text: str, style: Style) -> list[str]:
    return paragraph(text, style, _INDENT, f"{name}:".ljust(len(_INDENT)))


def _title(cause: CauseItem, style: Style) -> str:
    mark = style.marked(glyphs.of_verdict(cause.verdict))
    check = f" {cause.check}" if cause.check else ""
    return f"{cause.rank}. {mark} {cause.certainty}  {cause.code}{check}"


def _brief(cause: CauseItem, style: Style) -> Iterator[str]:
    yield _title(cause, style)
    yield from paragraph(cause.text, style, "   ")
    if cause.follows_from is not None:
        told = f"It follows from cause {cause.follows_from}: mend that first."
        yield from paragraph(told, style, "   ")
    elif cause.next_probe:
        yield f"   settle with: {printable(cause.next_probe)}"
    yield ""


def _cause(cause: CauseItem, style: Style) -> Iterator[str]:
    yield _title(cause, style)
    yield from paragraph(cause.text, style, "   ")
    for sign, items in (("+", cause.evidence), ("-", cause.against)):
        for item in items:
            told = wording.clue(item, is_full=style.has_full_ids)
            yield from paragraph(told, style, "       ", f"     {sign} ")
    if cause.next_probe:
        yield "   settle with:"
        yield f"     {printable(cause.next_probe)}"
        if cause.probe_says:
            yield from paragraph(cause.probe_says, style, "     ")
    for fix in cause.fixes:
        yield from _fix(fix, style)
    if wording.has_others(cause):
        yield from paragraph(f"who else: {wording.others(cause.who_else)}", style, "     ", "   ")
    yield ""


def _fix(fix: FixItem, style: Style) -> Iterator[str]:
    word = f"fix, {fix.how}" if fix.how else "what to do"
    yield from paragraph(f"{word}: {fix.text}", style, "     ", "   ")
    yield from (f"     {printable(command)}" for command in fix.commands)
    if fix.risk:
        yield from paragraph(f"mind: {fix.risk}", style, "       ", "     ")
    if fix.proof:
        yield from paragraph(f"proof: {fix.proof}", style, "       ", "     ")
    if fix.roll_back:
        yield "     to take it back:"
        yield from (f"       {printable(command)}" for command in fix.roll_back)


def _timeline(document: TriageDocument, style: Style) -> Iterator[str]:
    if not document.timeline:
        return
    yield from ("", style.painted("What changed on the way", "strong"))
    for one in document.timeline:
        by = f" by {one.changed_by}" if one.changed_by else ""
        told = f"{one.time}  {brief(one.resource)}  {one.kind}{by}: {', '.join(one.properties[:5])}"
        yield from paragraph(told, style, "    ", "  - ")


def _open(document: TriageDocument, style: Style) -> Iterator[str]:
    yield style.painted("Not checked", "strong")
    told = [Told(one.text, one.settle_with) for one in document.not_checked]
    for one in told if style.has_full_ids else folded(told, wording.NAMED):
        yield from paragraph(one.text, style, "    ", "  - ")
        if one.settle_with:
            yield from paragraph(one.settle_with, style, " " * 17, "    settle with: ")
