"""The failover drill as one HTML page: no scripts, and nothing is loaded from anywhere."""

from collections.abc import Iterator

from pgtopo.model.moments import minute
from pgtopo.reports.drill.document import DrillDocument, DrillEvent
from pgtopo.reports.html_page import END, begin, code, text
from pgtopo.reports.prose import value_text
from pgtopo.reports.triage.as_html import CSS, POLICY
from pgtopo.reports.triage.wording import UNKNOWN_TIME, verdict
from pgtopo.views import glyphs
from pgtopo.views.style import Style

FORMAT = "html"


def render(document: DrillDocument, style: Style) -> bytes:
    """The drill as a page."""
    server = document.server
    lines = [
        *begin("Failover drill", POLICY, CSS),
        f"<h1>Failover drill: {text(server.name)}</h1>",
        f"<p>{text(server.fqdn)}<br>{code(server.id)}</p>",
        f"<p>Data of {text(minute(document.data_created_at) or UNKNOWN_TIME)}, written"
        f" {text(minute(document.generated_at))} by {text(document.tool)}.</p>",
    ]
    for event in document.events:
        lines += _event(event)
    lines.append(END)
    return ("\n".join(lines) + "\n").encode("utf-8", "xmlcharrefreplace")


def _marked(word: str) -> str:
    return f'<span class="{glyphs.of_verdict(word).tone}">{text(verdict(word))}</span>'


def _event(event: DrillEvent) -> Iterator[str]:
    yield f"<h2>{_marked(event.verdict)} {text(event.title)}</h2><table>"
    for item in event.items:
        decided = item.decided_by
        fact = ""
        if decided is not None:
            told = f"{decided.resource}: {decided.property} = {value_text(decided.value)}"
            fact = f"<br>{code(told)}"
        settle = f"<br>Settle with: {code(item.settle_with)}" if item.settle_with else ""
        yield (
            f"<tr><td>{_marked(item.verdict)}</td><td>{text(item.text)}{fact}{settle}</td>"
            f"<td>{code(item.code)}</td></tr>"
        )
    yield "</table>"
