"""What the terminal can show."""

from collections.abc import Mapping

import msgspec

from pgtopo.reports.doctor.item import Item, Section, State

LEAST_COLUMNS, LEAST_ROWS = 60, 16
"""Below this the interface shows one pane at a time."""


class Terminal(msgspec.Struct, frozen=True, kw_only=True):
    """A terminal as it was found."""

    is_there: bool
    """Whether input and output are a terminal."""
    columns: int
    rows: int
    encoding: str
    has_signs: bool
    """Whether its encoding knows the signs of verdicts."""
    variables: Mapping[str, str]
    """TERM, COLORTERM, NO_COLOR."""


def section(found: Terminal) -> Section:
    """Size, colours and signs, and what pgtopo does about them."""
    items = (_size(found), _colours(found), _signs(found))
    if not found.is_there:
        there = Item(
            name="terminal",
            state=State.NOTE,
            text="input or output is no terminal: the interface cannot open here, all else works",
        )
        items = (there, *items[1:])
    return Section(name="terminal", items=items, facts=_facts(found))


def _facts(found: Terminal) -> dict[str, object]:
    return {
        "is_terminal": found.is_there,
        "columns": found.columns,
        "rows": found.rows,
        "encoding": found.encoding,
        "colors": _colour_word(found),
        "signs": "glyphs" if found.has_signs else "ascii",
    }


def _size(found: Terminal) -> Item:
    is_small = found.columns < LEAST_COLUMNS or found.rows < LEAST_ROWS
    return Item(
        name="size",
        state=State.WARNING if is_small else State.OK,
        text=f"{found.columns} columns, {found.rows} rows",
        hint="80 columns and 24 rows show two panes" if is_small else "",
    )


def _colour_word(found: Terminal) -> str:
    if found.variables.get("NO_COLOR"):
        return "off (NO_COLOR)"
    term = found.variables.get("TERM", "")
    if term in ("", "dumb"):
        return "none"
    if found.variables.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in term else "16"


def _colours(found: Terminal) -> Item:
    term = found.variables.get("TERM") or "not set"
    return Item(name="colours", state=State.OK, text=f"{_colour_word(found)} (TERM {term})")


def _signs(found: Terminal) -> Item:
    encoding = found.encoding or "unknown"
    if found.has_signs:
        return Item(name="signs", state=State.OK, text=f"glyphs ({encoding})")
    return Item(
        name="signs",
        state=State.WARNING,
        text=f"plain ASCII: the encoding {encoding} lacks the glyphs",
        hint="set a UTF-8 locale (LANG=C.UTF-8), or keep plain signs",
    )
