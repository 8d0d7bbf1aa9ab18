"""The failover drill as one HTML page: no scripts, and nothing is loaded from anywhere."""

from collections.abc import Iterator
from html import escape

from pgtopo.model.moments import minute
from pgtopo.reports.drill.document import DrillDocument, DrillEvent
from pgtopo.reports.prose import value_text
from pgtopo.reports.triage.as_html import CSS, POLICY
from pgtopo.reports.triage.wording import UNKNOWN_TIME, verdict
from pgtopo.views import glyphs
from pgtopo.views.literal import printable
from pgtopo.views.style import Style

FORMAT = "html"


def render(document: DrillDocument, style: Style) -> bytes:
    """The drill as a page."""
    server = document.server
    lines = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Failover drill</title><style>{CSS}</style></head><body>",
        f"<h1>Failover drill: {_text(server.name)}</h1>",
        f"<p>{_text(server.fqdn)}<br><code>{_text(server.id)}</code></p>",
        f"<p>Data of {_text(minute(document.data_created_at) or UNKNOWN_TIME)}, written"
        f" {_text(minute(document.generated_at))} by {_text(document.tool)}.</p>",
    ]
    for event in document.events:
        lines += _event(event)
    lines.append("</body></html>")
    return ("\n".join(lines) + "\n").encode("utf-8", "xmlcharrefreplace")


def _text(text: str) -> str:
    return escape(printable(text))


def _marked(word: str) -> str:
    return f'<span class="{glyphs.of_verdict(word).tone}">{_text(verdict(word))}</span>'


def _event(event: DrillEvent) -> Iterator[str]:
    yield f"<h2>{_marked(event.verdict)} {_text(event.title)}</h2><table>"
    for item in event.items:
        decided = item.decided_by
        fact = ""
        if decided is not None:
            told = f"{decided.resource}: {decided.property} = {value_text(decided.value)}"
            fact = f"<br><code>{_text(told)}</code>"
        settle = (
            f"<br>Settle with: <code>{_text(item.settle_with)}</code>" if item.settle_with else ""
        )
        yield (
            f"<tr><td>{_marked(item.verdict)}</td><td>{_text(item.text)}{fact}{settle}</td>"
            f"<td><code>{_text(item.code)}</code></td></tr>"
        )
    yield "</table>"
