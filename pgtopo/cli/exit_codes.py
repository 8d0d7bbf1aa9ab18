"""Exit codes: what each means, and which verbs leave with it."""

FINE = 0
FOUND = 1
USAGE = 2
SOURCE = 3
UNUSABLE = 4
OPEN = 5
BUG = 70
INTERRUPTED = 130

TABLE: tuple[tuple[int, str, str], ...] = (
    (FINE, "fine", "all verbs; lists and matrices also when things are blocked"),
    (
        FOUND,
        "a fault at or above --fail-on that is neither suppressed nor in the baseline;"
        " any part of a traced path blocked; a probe that did not get through",
        "check, trace, probe, audit",
    ),
    (USAGE, "the command line does not fit: unknown option, check or name", "all verbs"),
    (SOURCE, "Azure could not be asked: login, permission, throttled, unreachable", "live data"),
    (
        UNUSABLE,
        "a file cannot be used; also check without a server to look at",
        "verbs that read files",
    ),
    (OPEN, "only with --strict: something stayed unknown and nothing gave 1", "check, trace"),
    (BUG, "a bug in pgtopo", "all verbs"),
    (INTERRUPTED, "interrupted", "all verbs"),
)
"""Code, meaning, where."""
