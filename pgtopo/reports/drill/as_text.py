"""The failover drill for people: each event with its verdict, and what it depends on."""

from collections.abc import Iterator

from pgtopo.model.moments import minute
from pgtopo.reports.drill.document import DrillDocument, DrillEvent
from pgtopo.reports.prose import brief, paragraph, value_text
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.style import Style

FORMAT = "text"


def render(document: DrillDocument, style: Style) -> bytes:
    """The drill as text."""
    server = document.server
    lines = [printable(f"Failover drill of {server.fqdn} ({server.mode.replace('_', ' ')})")]
    lines.append(printable(f"Data of {minute(document.data_created_at) or 'an unstated time'}"))
    for event in document.events:
        lines += ["", *_event(event, style)]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _event(event: DrillEvent, style: Style) -> Iterator[str]:
    yield f"{style.marked(glyphs.of_verdict(event.verdict))}  {printable(event.title)}"
    for item in event.items:
        sign = style.sign(glyphs.of_verdict(item.verdict))
        told = item.text if item.code == "OK" else f"{item.text} [{item.code}]"
        first, *rest = paragraph(told, style, " " * 6)
        yield f"    {sign} {first.lstrip()}"
        yield from rest
        decided = item.decided_by
        if decided is not None and item.verdict != "allowed":
            where = decided.resource if style.has_full_ids else brief(decided.resource)
            fact = f"decided by {where}: {decided.property} = {value_text(decided.value)}"
            yield from (style.painted(line, "quiet") for line in paragraph(fact, style, " " * 6))
        if item.settle_with:
            yield f"      settle with: {printable(item.settle_with)}"
