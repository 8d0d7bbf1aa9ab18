"""Exit codes: what each means, and which verbs leave with it."""

FINE = 0
FOUND = 1
USAGE = 2
SOURCE = 3
UNUSABLE = 4
OPEN = 5
BUG = 70
INTERRUPTED = 130

_Meaning = tuple[int, str, str, tuple[str, ...]]
"""Code, meaning, where in words; else the verbs it is about, told of those there are."""

_MEANINGS: tuple[_Meaning, ...] = (
    (FINE, "fine", "all verbs; lists and matrices also when things are blocked", ()),
    (
        FOUND,
        "a fault at or above --fail-on that is neither suppressed nor in the baseline",
        "",
        ("check",),
    ),
    (FOUND, "any part of a traced path blocked", "", ("trace",)),
    (FOUND, "a member with a fault", "", ("audit",)),
    (FOUND, "the server was not reached", "", ("probe",)),
    (USAGE, "the command line does not fit: unknown option, check or name", "all verbs", ()),
    (
        SOURCE,
        "Azure could not be asked: login, permission, throttled, unreachable",
        "",
        ("collect", "live", "doctor"),
    ),
    (
        UNUSABLE,
        "a file cannot be used; also check without a server to look at",
        "verbs that read files",
        (),
    ),
    (
        OPEN,
        "only with --strict: something stayed unknown and nothing gave 1",
        "",
        ("check", "trace"),
    ),
    (BUG, "a bug in pgtopo", "all verbs", ()),
    (INTERRUPTED, "interrupted", "all verbs", ()),
)


def table() -> list[tuple[int, str, str]]:
    """Code, meaning, where: of the verbs there are."""
    from pgtopo.cli import verbs

    known = verbs.names()
    told = [
        (code, text, where or ", ".join(verb for verb in about if verb in known))
        for code, text, where, about in _MEANINGS
    ]
    return [one for one in told if one[2]]
