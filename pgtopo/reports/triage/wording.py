"""Words that several formats of the triage report share."""

from datetime import UTC, datetime

from pgtopo.model.ids import name_of
from pgtopo.model.moments import minute
from pgtopo.reports.prose import brief, value_text
from pgtopo.reports.trace.document import StepItem
from pgtopo.reports.triage.document import CauseItem, ClueItem, TriageDocument, WhoElseItem
from pgtopo.views import glyphs
from pgtopo.views.remedy import FixItem
from pgtopo.views.signs import count
from pgtopo.views.triage import hit

CERTAINTY = {
    "certain": "shown by the data, resting on no assumption",
    "likely": "shown, resting on a named assumption or on pasted output",
    "possible": "something speaks for it, and nothing that was read decides",
}
REDACTED = "names, GUIDs and addresses are pseudonyms; structure and verdicts are the real ones"
"""What the head of a redacted report says."""
UNKNOWN_TIME = "not stated in the data"
NAMED = 3
"""So many names are told of what many open questions say alike."""
FIRST = 3
"""So many causes are shown in full; the others in brief, unless they are shown by the data."""


def clue(item: ClueItem, *, is_full: bool = False) -> str:
    """One fact in one line."""
    fact = ""
    if item.resource and item.property:
        where = item.resource if is_full else brief(item.resource)
        fact = f"{where}: {item.property} = {value_text(item.value)}"
    return " - ".join(part for part in (item.text, fact) if part)


def has_others(cause: CauseItem) -> bool:
    """Whether it is worth telling who else is hit: not of what one client does by itself."""
    is_setting = bool(cause.stage or cause.check)
    return cause.verdict == "blocked" and (is_setting or bool(cause.who_else.clients))


def others(found: WhoElseItem) -> str:
    """Who else is hit, with the first names."""
    if not found.clients and not found.servers:
        return hit.nobody(found.networks, has_known_clients=found.has_known_clients)
    parts = []
    if found.clients:
        parts.append(_named(found.clients, "other client subnet", found.client_names))
    if found.servers:
        parts.append(_named(found.servers, "other server", found.server_names))
    if found.networks:
        parts.append(hit.unresolved(found.networks))
    least = "" if found.is_complete else "at least "
    return least + "; ".join(parts)


def _named(number: int, what: str, names: list[str]) -> str:
    more = f" and {number - len(names)} more" if number > len(names) else ""
    return f"{count(number, what)} ({', '.join(names)}{more})" if names else count(number, what)


def data_time(document: TriageDocument) -> str:
    """When the data is from, and how old it was when the report was written."""
    stamp = document.data.created_at
    if not stamp:
        return UNKNOWN_TIME
    try:
        taken = datetime.fromisoformat(stamp)
        written = datetime.fromisoformat(document.generated_at)
        age = written - (taken if taken.tzinfo else taken.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return minute(stamp)
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return minute(stamp)
    old = count(hours // 24, "day") if hours >= 48 else count(hours, "hour")
    return f"{minute(stamp)}, {old} before this report"


def outcome(word: str) -> str:
    """What the proved changes make of a path."""
    return {
        "allowed": "open",
        "blocked": "still blocked: something is left that no proved change mends",
        "mixed": "open for a part of the client's addresses",
    }.get(word, "no longer blocked, and not known to be open: something decides that was not read")


def proved(fix: FixItem) -> str:
    """How a fix is proved, as a sentence without its full stop."""
    told = fix.how or "by hand"
    return told[0].upper() + told[1:].replace("on a copy", "on a copy of the data", 1)


def ends(document: TriageDocument) -> tuple[str, str]:
    """Client and server in words."""
    client, server = document.client, document.server
    asked = "not known"
    if client is not None:
        plain = [one.removesuffix("/32") for one in client.addresses]
        addresses = ", ".join(plain[:4]) + (" ..." if len(plain) > 4 else "")
        name = name_of(client.id) if client.id else client.kind
        asked = f"{name} ({addresses})"
    told = "not known"
    if server is not None:
        told = f"{server.fqdn}, port {document.port} ({server.mode.replace('_', ' ')})"
    return asked, told


def verdict(word: str) -> str:
    """A verdict word with its sign."""
    glyph = glyphs.of_verdict(word)
    return f"{glyph.sign} {glyph.word}"


def decided(step: StepItem, *, is_full: bool = False) -> str:
    """What decided a step, in one line."""
    one = step.decided_by
    if one is None:
        return ""
    where = one.resource if is_full else brief(one.resource)
    return f"{where}: {one.property} = {value_text(one.value)}"


def is_short(cause: CauseItem) -> bool:
    """Whether a cause is told in brief."""
    return cause.follows_from is not None or (cause.rank > FIRST and cause.verdict != "blocked")
