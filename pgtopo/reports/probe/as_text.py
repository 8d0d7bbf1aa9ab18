"""`probe` for people: one line per thing that was tried, the answer first."""

from collections.abc import Iterator

from pgtopo.probe.result import Certificate, Connection, NameLookup, Outcome, Startup, Tls
from pgtopo.reports.probe.document import ProbeDocument
from pgtopo.reports.prose import paragraph
from pgtopo.triage.agreement import Match
from pgtopo.views import glyphs
from pgtopo.views.glyphs import Glyph
from pgtopo.views.literal import printable
from pgtopo.views.style import Style
from pgtopo.views.width import padded

FORMAT = "text"

_LABEL = 12
_INDENT = " " * (2 + _LABEL + 2)
_ROLES = {True: ", a replica: read-only", False: ", takes writes", None: ""}
_FEW_DAYS = 14
_FINE = {"ASKS_PASSWORD", "LOGGED_IN", "ROLE_REFUSED", "PASSWORD_REFUSED"}
_MATCHES = {Match.AGREES: glyphs.OPEN, Match.DIFFERS: glyphs.BLOCKED, Match.OPEN: glyphs.UNKNOWN}


def render(document: ProbeDocument, style: Style) -> bytes:
    """The probe as text."""
    lines = [*_head(document, style), ""]
    for lookup in document.dns.lookups:
        lines += _lookup(lookup, style)
    for connection in document.tcp:
        lines += _connection(connection, style)
    if document.tls is not None:
        lines += _tls(document.tls, style)
    if document.startup is not None:
        lines += _startup(document.startup, style)
    if document.model:
        lines += _model(document, style)
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _head(document: ProbeDocument, style: Style) -> Iterator[str]:
    yield printable(f"{document.host}, port {document.port}, from this machine")
    mark = style.marked(glyphs.of_verdict(document.verdict))
    yield f"  {mark}  {document.code}  (as sslmode={document.sslmode} sees it)"
    yield from paragraph(document.text, style, "  ")


def _line(label: str, glyph: Glyph, text: str, style: Style) -> list[str]:
    head = f"  {padded(label, _LABEL)}{style.sign(glyph)} "
    return paragraph(text, style, _INDENT, head)


def _lookup(lookup: NameLookup, style: Style) -> list[str]:
    is_good = lookup.outcome is Outcome.OK and lookup.addresses
    who = "this system" if lookup.resolver == "system" else f"DNS server {lookup.resolver}"
    said = ", ".join(lookup.addresses) or lookup.text or "no address"
    lines = _line(
        "name",
        glyphs.OPEN if is_good else glyphs.BLOCKED,
        f"{who}: {said}  ({lookup.milliseconds:g} ms)",
        style,
    )
    for name in lookup.chain:
        lines += paragraph(f"alias of {name}", style, _INDENT)
    return lines


def _connection(connection: Connection, style: Style) -> list[str]:
    is_good = connection.outcome is Outcome.OK
    said = f"connected from {connection.local_address}" if is_good else connection.text
    text = f"{connection.address}: {said}  ({connection.milliseconds:g} ms)"
    return _line("TCP", glyphs.OPEN if is_good else glyphs.BLOCKED, text, style)


def _tls(tls: Tls, style: Style) -> list[str]:
    about = f"  ({tls.version}, {tls.cipher})" if tls.version else ""
    glyph = glyphs.OPEN if tls.code == "TLS_OK" else glyphs.BLOCKED
    lines = _line("TLS", glyph, f"{tls.text}{about}", style)
    for one in tls.chain:
        lines += _certificate(one, style)
    return lines


def _certificate(one: Certificate, style: Style) -> list[str]:
    glyph = glyphs.BLOCKED if one.days_left < 0 else glyphs.NOTE
    if 0 <= one.days_left <= _FEW_DAYS:
        glyph = glyphs.RISK
    end = f"until {one.not_after[:10]}, {one.days_left} days left"
    lines = _line("certificate", glyph, f"{one.subject}: {end}", style)
    if one.names:
        lines += paragraph(f"for {', '.join(one.names)}", style, _INDENT)
    return [*lines, *paragraph(f"issued by {one.issuer}", style, _INDENT)]


def _startup(startup: Startup, style: Style) -> list[str]:
    glyph = glyphs.OPEN if startup.code in _FINE else glyphs.BLOCKED
    how = "encrypted" if startup.encrypted else "in clear"
    who = f"  (user {startup.user}, {how}"
    sent = ", password sent)" if startup.sent_password else ", no password sent)"
    state = f"{startup.sqlstate} " if startup.sqlstate else ""
    lines = _line("server", glyph, f"{state}{startup.text}{who}{sent}", style)
    if startup.server_version:
        role = _ROLES[startup.is_standby]
        lines += paragraph(f"PostgreSQL {startup.server_version}{role}", style, _INDENT)
    return lines


def _model(document: ProbeDocument, style: Style) -> list[str]:
    said = {True: "agrees with what was seen", False: "says otherwise", None: "cannot say"}
    lines = ["", f"The model {said[document.agrees_with_model]}"]
    for one in document.model:
        text = f"model: {one.predicted}; seen: {one.observed}"
        lines += _line(one.stage, _MATCHES[one.match], text, style)
    return lines
