"""The failover drill as Markdown."""

from collections.abc import Iterator

from pgtopo.model.moments import minute
from pgtopo.reports.drill.document import DrillDocument, DrillEvent
from pgtopo.reports.prose import value_text
from pgtopo.reports.triage.wording import UNKNOWN_TIME, verdict
from pgtopo.views.markdown import cell_code, code, escaped, table
from pgtopo.views.style import Style

FORMAT = "markdown"


def render(document: DrillDocument, style: Style) -> bytes:
    """The drill as a report."""
    server = document.server
    lines = [
        f"# Failover drill: {escaped(server.name)}",
        "",
        f"{escaped(server.fqdn)}, {code(server.id)}",
        "",
        f"Data of {escaped(minute(document.data_created_at) or UNKNOWN_TIME)}, written"
        f" {escaped(minute(document.generated_at))} by {escaped(document.tool)}.",
        "",
        *(f"Data file {code(one.path)}, SHA-256 {code(one.sha256)}." for one in document.files),
    ]
    for event in document.events:
        lines += ["", *_event(event)]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _event(event: DrillEvent) -> Iterator[str]:
    yield f"## {escaped(verdict(event.verdict))}: {escaped(event.title)}"
    yield ""
    rows = []
    for item in event.items:
        decided = item.decided_by
        fact = (
            f"{decided.resource}: {decided.property} = {value_text(decided.value)}"
            if decided is not None
            else ""
        )
        rows.append(
            (
                escaped(verdict(item.verdict)),
                escaped(item.text),
                cell_code(item.code),
                cell_code(fact) if fact else "",
                cell_code(item.settle_with) if item.settle_with else "",
            )
        )
    yield from table(("Verdict", "What was found", "Code", "Decided by", "Settle with"), rows)
