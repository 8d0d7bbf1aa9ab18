"""What is known of an incident before anything is looked at: an error, two ends, pasted output."""

import msgspec


class Paste(msgspec.Struct, frozen=True, kw_only=True):
    """Output of a command that somebody ran."""

    name: str
    """Where it came from: a file name, or `pasted`."""
    text: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as it was told."""

    error: str = ""
    """The client's error text, or the word of a symptom class."""
    client: str = ""
    server: str = ""
    port: int | None = None
    client_dns: str | None = None
    pastes: tuple[Paste, ...] = ()
