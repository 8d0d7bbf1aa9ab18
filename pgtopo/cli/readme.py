"""The generated parts of the README: tables made from what the program knows.

Each part stands between two markers, `<!-- begin NAME -->` and `<!-- end NAME -->`.
"""

from collections.abc import Callable

from pgtopo.errors import UsageError
from pgtopo.views import markdown


def refreshed(text: str) -> str:
    """The README with every generated part made anew.

    Raises:
        UsageError: a marker is missing.
    """
    for name, lines in BLOCKS.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise UsageError(
                f"the README has no one place for {name!r}", f"put {begin} and {end} into it"
            )
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = f"{head}{begin}\n" + "\n".join(lines()) + f"\n{end}{tail}"
    return text


def _verbs() -> list[str]:
    from pgtopo.cli import verbs

    modules = (verbs.module(name) for name in verbs.names())
    rows = [[markdown.code(f"pgtopo {verb.NAME}"), markdown.escaped(verb.HELP)] for verb in modules]
    return markdown.table(("command", "what it does"), rows)


def _lists() -> list[str]:
    from pgtopo.views.tables.registry import all_tables

    rows = [[markdown.code(t.kind), markdown.escaped(t.title)] for t in all_tables()]
    return markdown.table(("kind", "rows"), rows)


def _checks() -> list[str]:
    from pgtopo.checks.registry import catalogue
    from pgtopo.reports.catalogue.as_markdown import lines

    return lines(catalogue())


def _kinds() -> list[str]:
    from pgtopo.sources.registry import kinds

    rows = [
        [markdown.code(kind.arm_type), markdown.code(kind.permission), kind.summary]
        for kind in kinds().values()
    ]
    return markdown.table(("kind", "permission", "what it tells"), rows)


def _permissions() -> list[str]:
    from pgtopo.reports.permissions.as_markdown import lines
    from pgtopo.reports.permissions.needs import needs

    return lines(needs())


def _role() -> list[str]:
    from pgtopo.reports import encode
    from pgtopo.reports.permissions.needs import needs
    from pgtopo.reports.permissions.role import role

    return ["```json", *encode.document(role(needs())).decode().splitlines(), "```"]


def _exit_codes() -> list[str]:
    from pgtopo.cli import exit_codes

    rows = [[str(code), meaning, where] for code, meaning, where in exit_codes.table()]
    return markdown.table(("code", "meaning", "where"), rows)


def _keys() -> list[str]:
    from pgtopo.tui.keys import ACTIONS, shown

    rows = [
        [
            " ".join(markdown.cell_code(shown(key)) for key in action.keys),
            markdown.escaped(action.text),
            action.where.value.lower(),
        ]
        for action in ACTIONS
    ]
    return markdown.table(("key", "what it does", "where"), rows)


def _filter() -> list[str]:
    from pgtopo.views.filter import KEYS

    rows = [[markdown.code(f"{key}:"), markdown.escaped(text)] for key, text in KEYS.items()]
    return markdown.table(("key", "keeps rows by"), rows)


BLOCKS: dict[str, Callable[[], list[str]]] = {
    "verbs": _verbs,
    "lists": _lists,
    "checks": _checks,
    "kinds": _kinds,
    "permissions": _permissions,
    "role": _role,
    "exit codes": _exit_codes,
    "keys": _keys,
    "filter": _filter,
}
"""What is generated, by the name of its place."""
