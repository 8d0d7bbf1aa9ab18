"""`whatif` for people: who gets through, who no longer does, what it mends and breaks."""

from collections.abc import Iterator

from pgtopo.model.ids import name_of
from pgtopo.reports.prose import paragraph
from pgtopo.reports.whatif.document import FindingItem, VerdictItem, WhatIfDocument
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.signs import count
from pgtopo.views.style import Style

FORMAT = "text"

_SHOWN = 20
"""Of many pairs or findings, how many are shown."""


def render(document: WhatIfDocument, style: Style) -> bytes:
    """What the change does, in four short lists."""
    verdicts, findings = document.verdicts, document.findings
    lines = [style.painted(f"{count(document.ops, 'operation')} on a copy", "strong")]
    for title, items in (
        ("Gets through now", verdicts.gained),
        ("No longer gets through", verdicts.lost),
        ("Changes otherwise", verdicts.other),
    ):
        lines += ["", style.painted(f"{title}: {count(len(items), 'pair')}", "strong")]
        lines += _cut([_pair(one, style) for one in items])
    for title, found in (("Cleared", findings.cleared), ("Added", findings.added)):
        lines += ["", style.painted(f"{title}: {count(len(found), 'finding')}", "strong")]
        for one in found[:_SHOWN]:
            lines += _finding(one, style)
        lines += _more(len(found))
    return ("\n".join(lines) + "\n").encode()


def _pair(item: VerdictItem, style: Style) -> str:
    after = "gone" if item.after == "gone" else style.marked(glyphs.of_verdict(item.after))
    ends = f"{_brief(item.client)} to {name_of(item.server)}"
    told = f" ({item.code_after})" if item.code_after not in ("", "OK") else ""
    return f"  {printable(ends)}: {item.before}, now {after}{told}"


def _brief(subnet: str) -> str:
    parts = subnet.split("/")
    return f"{parts[-3]}/{parts[-1]}" if len(parts) > 3 else subnet


def _finding(item: FindingItem, style: Style) -> Iterator[str]:
    mark = style.marked(glyphs.of_finding(item.outcome, item.severity))
    yield from paragraph(f"{item.check} {item.slug}: {item.message}", style, "      ", f"  {mark} ")


def _cut(lines: list[str]) -> list[str]:
    return [*lines[:_SHOWN], *_more(len(lines))]


def _more(total: int) -> list[str]:
    left = total - _SHOWN
    return [f"  and {left:,} more; --format json lists them all"] if left > 0 else []
