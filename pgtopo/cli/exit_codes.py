"""Exit codes: what each means, and which verbs leave with it."""

from typing import NamedTuple

from pgtopo.cli import verbs

FINE = 0
FOUND = 1
USAGE = 2
SOURCE = 3
UNUSABLE = 4
OPEN = 5
BUG = 70
INTERRUPTED = 130


class Meaning(NamedTuple):
    """What one exit code says."""

    code: int
    text: str
    where: str = ""
    """Which verbs leave with it, in words."""
    only: tuple[str, ...] = ()
    """The verbs it is about, where it is not about all; told of those there are."""


_MEANINGS = (
    Meaning(FINE, "fine", "all verbs; lists and matrices also when things are blocked"),
    Meaning(
        FOUND,
        "a fault at or above --fail-on that is neither suppressed nor in the baseline",
        only=("check",),
    ),
    Meaning(FOUND, "any part of a traced path blocked", only=("trace",)),
    Meaning(FOUND, "a member with a fault", only=("audit",)),
    Meaning(FOUND, "the server was not reached", only=("probe",)),
    Meaning(USAGE, "the command line does not fit: unknown option, check or name", "all verbs"),
    Meaning(
        SOURCE,
        "Azure could not be asked: login, permission, throttled, unreachable",
        only=("collect", "live", "doctor"),
    ),
    Meaning(
        UNUSABLE,
        "a file cannot be used; also check without a server to look at",
        "verbs that read files",
    ),
    Meaning(
        OPEN,
        "only with --strict: something stayed unknown and nothing gave 1",
        only=("check", "trace"),
    ),
    Meaning(BUG, "a bug in pgtopo", "all verbs"),
    Meaning(INTERRUPTED, "interrupted", "all verbs"),
)


def table() -> list[tuple[int, str, str]]:
    """Code, meaning, where: of the verbs there are."""
    known = set(verbs.names())
    return [
        (one.code, one.text, one.where or ", ".join(verb for verb in one.only if verb in known))
        for one in _MEANINGS
        if not one.only or known.intersection(one.only)
    ]
