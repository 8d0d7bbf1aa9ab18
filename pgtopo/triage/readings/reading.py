"""One thing that pasted output of a command shows."""

from enum import Enum

import msgspec


class Outcome(Enum):
    """What a command found."""

    NAME_FOUND = "name_found"
    NAME_MISSING = "name_missing"
    NAME_FAILED = "name_failed"
    """No answer, or a failure of the DNS server."""
    OPEN = "open"
    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RULE_ALLOWS = "rule_allows"
    RULE_DENIES = "rule_denies"
    NEXT_HOP = "next_hop"
    ERROR = "error"
    """A client's error text, to be read as one."""
    CONNECTED = "connected"
    """A session was made."""
    NOTED = "noted"
    """Worth telling, and nothing follows from it."""
    UNREADABLE = "unreadable"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one command showed."""

    tool: str
    outcome: Outcome
    says: str
    """In one sentence."""
    source: str = ""
    """Where it was pasted from."""
    host: str = ""
    addresses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """The names an answer went through."""
    asked: str = ""
    """The DNS server that answered."""
    direction: str = ""
    """`Inbound` or `Outbound`, of a rule."""
    rule: str = ""
    group: str = ""
    """The security group, route table or configuration a decider belongs to, as printed."""
    hop: str = ""
    hop_address: str = ""
    prefix: str = ""
    port: int | None = None
    text: str = ""
    """The error text, where it is to be read as one."""


Around = tuple[str, str, int]
"""Client address, server address and port that tables of rules and routes are read for; the
addresses are empty where they are not known."""
