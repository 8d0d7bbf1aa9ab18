"""Runs the flat queries that an inventory needs: where, project, order, summarize."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]

COLUMNS = frozenset(
    [
        "id",
        "name",
        "type",
        "tenantId",
        "kind",
        "location",
        "resourceGroup",
        "subscriptionId",
        "managedBy",
        "sku",
        "plan",
        "properties",
        "tags",
        "identity",
        "zones",
        "extendedLocation",
    ]
)
TABLES = frozenset(
    [
        "resources",
        "resourcecontainers",
        "networkresources",
        "dnsresources",
        "computeresources",
        "resourcechanges",
        "healthresources",
    ]
)

_IN = re.compile(r"(?P<value>.+?)\s+in~\s*\((?P<list>[^()]*)\)\s*$", re.DOTALL)
_MADE = re.compile(r"(\w+)\s*=\s*([\w.]+)$")


class QueryError(Exception):
    """The query is not one this reader understands, or not a legal one."""


def table_of(text: str) -> str:
    """The table a query reads."""
    name = text.split("|", 1)[0].strip()
    if name.lower() not in TABLES:
        raise QueryError(f"Table {name} was not found")
    return name.lower()


def run(text: str, rows: Iterable[Row]) -> list[Row]:
    """The rows of a table that a query leaves, as it shapes and orders them."""
    found = list(rows)
    for step in text.split("|")[1:]:
        word, _, rest = step.strip().partition(" ")
        operator = _OPERATORS.get(word)
        if operator is None:
            raise QueryError(f"'{word}' operator: not supported here")
        found = operator(rest.strip(), found)
    return found


def _where(condition: str, rows: list[Row]) -> list[Row]:
    match = _IN.match(condition)
    if not match:
        raise QueryError(f"where: not supported here: {condition}")
    value = _scalar(match["value"].strip())
    wanted = {word.strip().strip("'\"").lower() for word in match["list"].split(",")}
    return [row for row in rows if str(value(row) or "").lower() in wanted]


def _scalar(text: str) -> Callable[[Row], Any]:
    inner = re.fullmatch(r"tostring\((.+)\)", text)
    return _path(inner[1].strip() if inner else text)


def _path(text: str) -> Callable[[Row], Any]:
    first, *rest = text.split(".")
    if first not in COLUMNS:
        raise QueryError(f"Failed to resolve scalar expression named '{first}'")

    def value(row: Row) -> Any:
        at: Any = row.get(first)
        for step in rest:
            at = at.get(step) if isinstance(at, dict) else None
        return at

    return value


def _project(columns: str, rows: list[Row]) -> list[Row]:
    made: dict[str, Callable[[Row], Any]] = {}
    for column in columns.split(","):
        text = column.strip()
        match = _MADE.match(text)
        name, source = (match[1], match[2]) if match else (text, text)
        made[name] = _path(source)
    return [{name: value(row) for name, value in made.items()} for row in rows]


def _order(by: str, rows: list[Row]) -> list[Row]:
    if by not in ("by id asc", "by id"):
        raise QueryError(f"order: not supported here: {by}")
    return sorted(rows, key=lambda row: str(row.get("id")))


def _summarize(made: str, rows: list[Row]) -> list[Row]:
    """Counts and sums over all rows: one row."""
    found: Row = {}
    for text in _COMMA.split(made):
        name, _, call = (part.strip() for part in text.partition("="))
        found[name] = _aggregate(call, rows)
    return [found]


def _aggregate(call: str, rows: list[Row]) -> int:
    if call == "count()":
        return len(rows)
    if match := re.fullmatch(r"sum\(strlen\((\w+)\)\)", call):
        return sum(len(str(row.get(match[1]) or "")) for row in rows)
    if match := re.fullmatch(r"sum\(countof\(tolower\((\w+)\), '(.)'\)\)", call):
        return sum(str(row.get(match[1]) or "").lower().count(match[2]) for row in rows)
    raise QueryError(f"summarize: not supported here: {call}")


_COMMA = re.compile(r",\s*(?=\w+\s*=)")

_OPERATORS = {"where": _where, "project": _project, "order": _order, "summarize": _summarize}
