"""The host, address and port an error text names, and where the server saw the client."""

import re

import msgspec

from pgtopo.model.net import parse_address

_QUOTES = "\"'`«»“”„‘’「」"
_HOST = r"(?:[A-Za-z0-9_][A-Za-z0-9_-]{0,62}\.){1,8}[A-Za-z][A-Za-z0-9-]{0,62}"
_V4 = r"(?:\d{1,3}\.){3}\d{1,3}"
_SUFFIX = re.compile(
    r"(?<![a-z0-9-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,8}database\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)",
    re.IGNORECASE,
)

_HOSTS = (
    re.compile(rf"host(?: ?name)?[\s=:]+[{_QUOTES}]?\s*({_HOST})", re.IGNORECASE),
    re.compile(rf"server (?:at|on|auf|sur|su|en) [{_QUOTES}]\s*({_HOST})", re.IGNORECASE),
    re.compile(rf"(?:ENOTFOUND|EAI_AGAIN|UnknownHostException:|lookup) ({_HOST})"),
    re.compile(rf"Connection to ({_HOST}):\d+ refused"),
    re.compile(rf"[{_QUOTES}]\s*({_HOST})\s*[{_QUOTES}]"),
)
_PORTS = (
    re.compile(r"(?:port|puerto|porta|ポート|порту|порт|端口|θύρα)s?\s*[:=]?\s*(\d{2,5})", re.I),
    re.compile(rf"(?:{_V4}|\]|(?<![\w.-]){_HOST}):(\d{{2,5}})\b"),
    re.compile(r"\('[^']{1,80}', (\d{2,5})"),
    re.compile(r"(\d{2,5}) 포트"),
)
_SEEN_FROM = re.compile(r"pg_hba\.conf[^\n]{0,60}host \"([0-9A-Fa-f.:]+)\"")
_DNS_SERVER = re.compile(rf"lookup \S+ on ({_V4}):53")
_ADDRESS = re.compile(rf"(?<![\w.])({_V4})(?![\w]|\.\d)")


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """What an error text says about the two ends; empty where it is silent."""

    host: str = ""
    address: str = ""
    """The address the client tried: so the name was resolved."""
    port: int | None = None
    seen_from: str = ""
    """The address the server saw the client come from."""
    dns_server: str = ""
    """The DNS server that the client asked."""


def places(text: str) -> Places:
    """The ends that a text names."""
    seen = _SEEN_FROM.search(text)
    dns = _DNS_SERVER.search(text)
    seen_from = seen[1] if seen else ""
    dns_server = dns[1] if dns else ""
    return Places(
        host=_host(text),
        address=_address(text, {seen_from, dns_server}),
        port=_port(text),
        seen_from=seen_from if parse_address(seen_from) is not None else "",
        dns_server=dns_server,
    )


def _host(text: str) -> str:
    service = _SUFFIX.search(text)
    if service is not None:
        return service[0].lower()
    for pattern in _HOSTS:
        for match in pattern.finditer(text):
            name = match[1].lower()
            if not _is_code(name):
                return name
    return ""


def _is_code(name: str) -> bool:
    """Whether a dotted word is part of a program rather than a host name."""
    endings = ("exception", "error", ".py", ".java", ".go", ".js", ".rb", ".cs", ".crt", ".conf")
    starts = ("java.", "org.", "system.", "npgsql.", "psycopg", "sqlalchemy.", "asyncpg.", "www.")
    return name.endswith(endings) or name.startswith(starts)


def _address(text: str, others: set[str]) -> str:
    """The first address tried; that of the client or of a DNS server is not it."""
    for match in _ADDRESS.finditer(text):
        value = match[1]
        after = text[match.end() : match.end() + 4]
        if value in others or after.startswith((":53:", "->")) or parse_address(value) is None:
            continue
        if text[max(match.start() - 2, 0) : match.start()] == "->":
            continue
        return value
    return ""


def _port(text: str) -> int | None:
    for pattern in _PORTS:
        for match in pattern.finditer(text):
            value = int(match[1])
            if value in (5432, 6432) or 1024 <= value <= 65535:
                return value
    return None
