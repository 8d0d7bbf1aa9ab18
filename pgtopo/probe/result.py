"""What a probe saw, step by step; times are in milliseconds."""

import enum

import msgspec


class Outcome(enum.StrEnum):
    """How one attempt ended."""

    OK = "ok"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


class NameLookup(msgspec.Struct, frozen=True, kw_only=True):
    """What one resolver said of the name."""

    resolver: str
    """`system`, or the address of the DNS server that was asked."""
    outcome: Outcome
    addresses: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    """Canonical names in the order they were followed, the name asked for not included."""
    ttl: int | None = None
    text: str = ""
    milliseconds: float = 0.0


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The name in the eyes of every resolver that was asked."""

    lookups: tuple[NameLookup, ...]
    addresses: tuple[str, ...]
    """What is tried: the system's answer, or the named server's where one was given."""
    code: str


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """One TCP connection."""

    address: str
    outcome: Outcome
    text: str = ""
    local_address: str | None = None
    milliseconds: float = 0.0


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of the chain the server sent, the server's own first."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: str
    not_after: str
    days_left: int


class Tls(msgspec.Struct, frozen=True, kw_only=True):
    """What encryption came to."""

    code: str
    text: str
    offered: bool
    """Whether the server answered the request for encryption with yes."""
    version: str | None = None
    cipher: str | None = None
    chain: tuple[Certificate, ...] = ()
    is_trusted: bool | None = None
    """Whether the chain leads to a root this machine trusts; nothing where there was no chain."""
    matches_host: bool | None = None
    lower_version: str | None = None
    """The version the server takes where it refused everything modern."""
    milliseconds: float = 0.0


class Startup(msgspec.Struct, frozen=True, kw_only=True):
    """What the server said to the start-up message."""

    code: str
    text: str
    encrypted: bool
    user: str
    method: str | None = None
    """The way the server wants the user to prove himself, where it got that far."""
    sqlstate: str | None = None
    message: str | None = None
    sent_password: bool = False
    server_version: str | None = None
    is_standby: bool | None = None
    """Whether the server only reads; told after a log-in, by version 14 and later."""
    milliseconds: float = 0.0


class Probe(msgspec.Struct, frozen=True, kw_only=True):
    """All that was seen, and what it comes to."""

    host: str
    port: int
    dns: Names
    tcp: tuple[Connection, ...]
    tls: Tls | None
    startup: Startup | None
    verdict: str
    """`allowed` where a PostgreSQL server let the client come to its log-in, else `blocked`."""
    code: str
    text: str
