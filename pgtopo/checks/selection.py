"""Which checks a user asked for, by id, slug or family."""

from collections.abc import Iterable, Sequence

from pgtopo.checks.base import AnyCheck, Family
from pgtopo.errors import UsageError


def selected(
    checks: Sequence[AnyCheck], select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[AnyCheck, ...]:
    """The checks that are selected (all, where nothing is) and not ignored, in their order.

    Raises:
        UsageError: a word names neither a check id, nor a slug, nor a family; or all that is
            selected is ignored.
    """
    wanted = _ids(checks, select)
    unwanted = _ids(checks, ignore) or frozenset()
    left = tuple(
        check
        for check in checks
        if (wanted is None or check.id in wanted) and check.id not in unwanted
    )
    if not left and unwanted:
        raise UsageError(
            "every check that is selected is ignored as well, so nothing would be looked at",
            "take a word out of --ignore, or select more",
        )
    return left


def find(checks: Sequence[AnyCheck], word: str) -> AnyCheck:
    """The one check with that id or slug.

    Raises:
        UsageError: there is none.
    """
    asked = _plain(word)
    for check in checks:
        if asked in (check.id.lower(), check.slug):
            return check
    raise _no_such(checks, word)


def named(checks: Sequence[AnyCheck], word: str) -> tuple[AnyCheck, ...]:
    """The checks that an id, a slug or a family stands for.

    Raises:
        UsageError: it stands for none.
    """
    asked = _plain(word)
    if asked in _families():
        return tuple(check for check in checks if check.family.label == asked)
    return (find(checks, word),)


def is_family(word: str) -> bool:
    """Whether a word is the name of a family."""
    return _plain(word) in _families()


def _ids(checks: Sequence[AnyCheck], words: Iterable[str]) -> frozenset[str] | None:
    """Ids of everything the words name; None where there is no word."""
    found: set[str] = set()
    is_empty = True
    for word in words:
        is_empty = False
        found.update(check.id for check in named(checks, word))
    return None if is_empty else frozenset(found)


def _families() -> tuple[str, ...]:
    return tuple(family.label for family in Family)


def _plain(word: str) -> str:
    return word.strip().lower().replace("_", "-")


def _no_such(checks: Sequence[AnyCheck], word: str) -> UsageError:
    message = f"there is no check or family called {word!r}"
    if "," in word:
        return UsageError(message, "repeat the option for each: --select dns --select PGT304")
    import difflib

    known = [*_families(), *(c.slug for c in checks), *(c.id.lower() for c in checks)]
    near = difflib.get_close_matches(_plain(word), known, n=3, cutoff=0.6)
    near = [name.upper() if name.startswith("pgt") else name for name in near]
    hint = f"did you mean {', '.join(near)}?" if near else "'pgtopo checks' lists them all"
    return UsageError(message, hint)
