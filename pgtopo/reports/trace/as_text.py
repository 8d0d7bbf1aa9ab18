"""`trace` for people: the answer first, then step by step why, then what it rests on."""

from collections.abc import Iterator

from pgtopo.model.ids import name_of
from pgtopo.reports.folding import Told, folded
from pgtopo.reports.prose import brief, paragraph, value_text
from pgtopo.reports.trace.document import StepItem, TraceDocument
from pgtopo.reports.trace.groups import cause, groups, parts, some
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.proof import EvidenceItem
from pgtopo.views.stage_words import STAGE_WORDS, words_of
from pgtopo.views.style import Style
from pgtopo.views.width import elided, padded

FORMAT = "text"

_STAGE_WIDTH = max(len(words.full) for words in STAGE_WORDS.values())
_SIGN_WIDTH = 9
_NAMED = 3
"""So many names are told of what many assumptions say alike."""
_WIDE = 100
"""From this width on, texts stand beside their stage."""
_NARROW_INDENT = " " * 6
_INDENT = " " * (2 + _SIGN_WIDTH + 2 + _STAGE_WIDTH + 2)


def render(document: TraceDocument, style: Style) -> bytes:
    """The trace as text."""
    lines = [*_head(document, style), ""]
    found = groups(document)
    for group in found:
        if len(found) > 1:
            whole = "all of " if group.addresses == document.client.addresses else ""
            lines += [style.painted(f"For {whole}{some(group.addresses)}", "strong")]
        for step in group.steps:
            lines += _step(step, style)
        lines.append("")
    lines += _assumptions(document, style)
    lines += _fixes(document, style)
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _head(document: TraceDocument, style: Style) -> Iterator[str]:
    glyph = glyphs.of_verdict(document.verdict)
    server = document.server
    client = name_of(document.client.id) if document.client.id else document.client.kind
    addresses = some(document.client.addresses)
    yield from paragraph(
        f"{client} ({addresses}) to {server.fqdn}, port {document.port}", style, "  ", ""
    )
    for word, verdict, code in (
        ("name", document.dns.verdict, document.dns.code),
        ("network", document.network.verdict, document.network.code),
    ):
        mark = glyphs.of_verdict(verdict)
        answers = f"  {', '.join(document.dns.answers)}" if word == "name" else ""
        told = "" if code == "OK" else f"  {code}"
        yield f"  {padded(word, 10)}{style.marked(mark)}{told}{printable(answers)}".rstrip()
    yield f"  {padded('together', 10)}{style.marked(glyph)}"
    if document.verdict == "mixed":
        for part in parts(document):
            mark = glyphs.of_verdict(part.verdict)
            yield f"  {padded('', 10)}{style.marked(mark)}  {some(part.addresses)}"
    if reason := cause(document):
        yield from paragraph(f"because: {reason}", style, "  ")
    for note in document.notes:
        yield from paragraph(note, style, "  ")


def _step(step: StepItem, style: Style) -> Iterator[str]:
    """Sign, stage and text side by side; one below the other where there is little room."""
    glyph = glyphs.of_verdict(step.verdict)
    mark = style.painted(
        padded(f"{glyph.shown(is_ascii=style.is_ascii)} {glyph.word}", _SIGN_WIDTH), glyph.tone
    )
    stage = words_of(step.stage).full
    text = step.text if step.code == "OK" else f"{step.text} [{step.code}]"
    if style.width is not None and style.width < _WIDE:
        yield f"  {mark}  {stage}"
        indent = _NARROW_INDENT
        yield from paragraph(text, style, indent)
    else:
        indent = _INDENT
        first, *rest = paragraph(text, style, indent)
        yield f"  {mark}  {padded(stage, _STAGE_WIDTH)}  {first.removeprefix(indent)}"
        yield from rest
    if step.decided_by is not None:
        proof = _proof(step.decided_by, style, len(indent))
        yield indent + style.painted(proof, "quiet")


def _proof(decided: EvidenceItem, style: Style, indent: int) -> str:
    value = value_text(decided.value)
    if style.has_full_ids:
        return printable(f"decided by {decided.resource}: {decided.property} = {value}")
    fact = printable(f"decided by {brief(decided.resource)}: {decided.property} = {brief(value)}")
    return fact if style.width is None else elided(fact, max(style.width - indent, 30), style.dots)


def _assumptions(document: TraceDocument, style: Style) -> Iterator[str]:
    if not document.assumptions:
        return
    yield style.painted("This rests on", "strong")
    told = [Told(one.text, one.settle_with, one.code) for one in document.assumptions]
    for one in told if style.has_full_ids else folded(told, _NAMED):
        yield from paragraph(f"{one.text} [{one.mark}]", style, "    ", "  - ")
        if one.settle_with:
            yield from paragraph(one.settle_with, style, " " * 17, "    settle with: ")


def _fixes(document: TraceDocument, style: Style) -> Iterator[str]:
    """What opens the path, in order; commands stay on one line so that they can be copied."""
    if not document.fixes:
        return
    yield ""
    yield style.painted("What opens it", "strong")
    for fix in document.fixes:
        yield from paragraph(f"{fix.text} ({fix.how or 'by hand'})", style, "    ", "  - ")
        yield from (f"    {printable(command)}" for command in fix.commands)
        if fix.risk:
            yield from paragraph(fix.risk, style, "          ", "    mind: ")
        if fix.proof:
            yield from paragraph(fix.proof, style, "           ", "    proof: ")
    if document.verdict_with_fixes is not None:
        mark = glyphs.of_verdict(document.verdict_with_fixes)
        yield f"  with the proved changes: {style.marked(mark)}"
