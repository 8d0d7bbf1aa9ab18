"""Reads what `dig` and `nslookup` print."""

import re

from pgtopo.model.net import parse_address
from pgtopo.triage.readings.reading import Outcome, Reading

_STATUS = re.compile(r"->>HEADER<<-.{0,80}?status: (\w+)")
_RECORD = re.compile(r"^([\w.-]+)\.?\s+(?:\d+\s+)?IN\s+(A|CNAME)\s+([\w.-]+?)\.?\s*$", re.MULTILINE)
_DIG_SERVER = re.compile(r"^;; SERVER: ([\d.]+)", re.MULTILINE)
_DIG_QUESTION = re.compile(r"^; <<>> DiG [^\n]*<<>>\s*([^\n]*)$", re.MULTILINE)
_NO_SERVER = re.compile(
    r"no servers could be reached|timed out; no servers|request(?: to \S+)? timed[- ]out",
    re.IGNORECASE,
)
_NSLOOKUP_SERVER = re.compile(r"^(?:Server|Address):\s+([\d.]+)(?:#53)?\s*$", re.MULTILINE)
_NSLOOKUP_CANON = re.compile(
    r"^\s*([\w.-]+?)\.?\s+canonical name = ([\w.-]+?)\.?\s*$", re.MULTILINE
)
_DEBUG_CANON = re.compile(r"^\s*(?:->\s+)?canonical name = ([\w.-]+?)\.?\s*$", re.MULTILINE)
_ALIASES = re.compile(r"^Aliases?:\s+([\w.-]+)", re.MULTILINE)
_NAME = re.compile(r"^\s*Name:\s+([\w.-]+)", re.MULTILINE)
_CANNOT = re.compile(
    r"can't find ([\w.-]+?)\.?: (NXDOMAIN|Non-existent domain|SERVFAIL|\w[^\n]*)", re.I
)
_INTERNET = re.compile(r"internet address = ([\d.]+)")
_ANSWER = re.compile(r"^(?:Address(?:es)?:\s+|\s+)((?:\d{1,3}\.){3}\d{1,3})\s*$", re.MULTILINE)

_MISSING = ("nxdomain", "non-existent domain", "no answer", "name does not exist")


_RESOLVED = re.compile(
    r"^([\w.-]+)\s+(A|CNAME)\s+\d+\s+\w+\s+([\w.-]+)\s*$", re.MULTILINE | re.IGNORECASE
)
_NOT_RESOLVED = re.compile(r"Resolve-DnsName\s*:\s*([\w.-]+)\s*:\s*DNS name does not exist", re.I)
_HOST_ADDRESS = re.compile(r"^([\w.-]+) has address ([\d.]+)\s*$", re.MULTILINE)
_HOST_ALIAS = re.compile(r"^[\w.-]+ is an alias for ([\w.-]+?)\.?\s*$", re.MULTILINE)
_HOST_MISSING = re.compile(r"^Host ([\w.-]+) not found: \d+\((\w+)\)", re.MULTILINE)


def other(text: str) -> Reading | None:
    """What `Resolve-DnsName` or `host` found; None where the text is not their output."""
    missing = _NOT_RESOLVED.search(text)
    if missing is not None:
        return _reading("Resolve-DnsName", missing[1].lower(), [], [], "", "NXDOMAIN")
    lost = _HOST_MISSING.search(text)
    if lost is not None:
        return _reading("host", lost[1].lower(), [], [], "", lost[2].upper())
    rows = _RESOLVED.findall(text)
    if rows:
        addresses = [value for _, kind, value in rows if kind.upper() == "A" and _is_address(value)]
        aliases = [value.lower() for _, kind, value in rows if kind.upper() == "CNAME"]
        return _reading("Resolve-DnsName", rows[0][0].lower(), addresses, aliases, "", "NOERROR")
    held = _HOST_ADDRESS.findall(text)
    if held:
        named = _HOST_ALIAS.findall(text)
        return _reading("host", held[0][0].lower(), [one for _, one in held], named, "", "NOERROR")
    return None


def is_dig(text: str) -> bool:
    """Whether a text looks like what dig prints."""
    return "<<>> DiG" in text or "->>HEADER<<-" in text or bool(_RECORD.search(text))


def is_nslookup(text: str) -> bool:
    """Whether a text looks like what nslookup prints."""
    has_server = re.search(r"^Server:", text, re.MULTILINE) is not None
    return has_server or "canonical name =" in text or bool(_CANNOT.search(text))


def dig(text: str) -> Reading:
    """What dig found."""
    records = _RECORD.findall(text)
    addresses = [value for _, kind, value in records if kind == "A" and _is_address(value)]
    aliases = [value.lower() for _, kind, value in records if kind == "CNAME"]
    host = records[0][0].lower() if records else _asked_of_dig(text)
    server = _DIG_SERVER.search(text)
    status = _STATUS.search(text)
    word = status[1].upper() if status else ""
    if not word and _NO_SERVER.search(text):
        word = "NO ANSWER"
    return _reading("dig", host, addresses, aliases, server[1] if server else "", word)


def _asked_of_dig(text: str) -> str:
    question = _DIG_QUESTION.search(text)
    words = question[1].split() if question else []
    return next((one.lower() for one in words if "." in one and one[0] not in "@+-"), "")


def nslookup(text: str) -> Reading:
    """What nslookup found, with `-debug` or without."""
    server = _NSLOOKUP_SERVER.search(text)
    cannot = _CANNOT.search(text)
    canon = _NSLOOKUP_CANON.findall(text)
    aliases = [target.lower() for _, target in canon] or [
        one.lower() for one in _DEBUG_CANON.findall(text)
    ]
    aliases += [one.lower() for one in _ALIASES.findall(text)]
    answer = text[text.find("answer:") if "answer:" in text else 0 :]
    found = _ANSWER.findall(answer) or _INTERNET.findall(text)
    asked = server[1] if server else ""
    addresses = [one for one in dict.fromkeys(found) if one != asked and _is_address(one)]
    named = _NAME.findall(text)
    host = cannot[1] if cannot else (canon[0][0] if canon else (named[0] if named else ""))
    word = "NOERROR" if addresses else ""
    if cannot is not None:
        word = "NXDOMAIN" if cannot[2].lower().startswith(_MISSING) else cannot[2].upper()
    elif not addresses and _NO_SERVER.search(text):
        word = "NO ANSWER"
    return _reading("nslookup", host.lower(), addresses, aliases, asked, word)


def _is_address(text: str) -> bool:
    return parse_address(text) is not None


def _reading(
    tool: str, host: str, addresses: list[str], aliases: list[str], asked: str, word: str
) -> Reading:
    at = f" by {asked}" if asked else ""
    name = host or "the name"
    if addresses:
        outcome = Outcome.NAME_FOUND
        says = f"{name} was resolved{at} to {', '.join(addresses)}."
        if aliases:
            says = f"{name} was resolved{at} to {', '.join(addresses)}, through {aliases[-1]}."
    elif word in ("NXDOMAIN", "NOERROR"):
        outcome = Outcome.NAME_MISSING
        says = f"{name} was answered{at} with {word}: no address."
    elif word:
        outcome = Outcome.NAME_FAILED
        says = f"The question for {name} got {word.lower()}{at}."
    else:
        outcome = Outcome.UNREADABLE
        says = f"The output of {tool} holds no answer."
    return Reading(
        tool=tool,
        outcome=outcome,
        says=says,
        host=host,
        addresses=tuple(dict.fromkeys(addresses)),
        aliases=tuple(dict.fromkeys(aliases)),
        asked=asked,
    )
