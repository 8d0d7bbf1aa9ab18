"""Estates with something wrong in them: types, texts, ids, shapes, bytes."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

Row = dict[str, Any]
Place = tuple[Any, Any]
"""A holder and the key or index in it."""

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 3.5, 10**30, -(2**63), 1e308, [], {}, [[]], [None], {"id": None}),
    *("", " ", "*", ".", "/", "//", "@", "None", "null", "true", "65536", "0-65535", "5432-5431"),
    *("10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "10.0.0.4", "999.1.1.1/77", "10.0.0.0/33", "::/0"),
    *("10.0.0.9-10.0.0.4", "fd00::1", "168.63.129.16", "0.0.0.0", "255.255.255.255", "10.1"),
    *("/subscriptions/x", "/subscriptions//resourceGroups/", "Internet", "Storage.Nowhere"),
    *("\x1b[31mred", "\u202etxt", "\ud800", "\x00", "[@click=app.quit]x[/]", "'; rm -rf ~ #"),
    *("x" * 5000, "<script>", '"quoted"', "a,b\nc", "=1+1", "ünïcödé", "\U0001f418", "İI"),
)


def mutant(rows: list[Row], chance: random.Random) -> list[Any]:
    """A copy of the rows with one to six things wrong."""
    made = copy.deepcopy(rows)
    for _ in range(chance.randint(1, 6)):
        if made:
            chance.choice(DAMAGES)(made, chance)
    return made


def as_bytes(rows: list[Any], chance: random.Random) -> bytes:
    """The rows as a file: as a snapshot, as rows alone or by line, at times damaged as bytes."""
    form = chance.randrange(4)
    if form == 0:
        text = "\n".join(_json(row) for row in rows)
    elif form == 1:
        text = _json(rows)
    else:
        coverage = [{"kind": kind, "scope": "/", "status": "read"} for kind in _kinds(rows)]
        if coverage and chance.random() < 0.3:
            coverage[chance.randrange(len(coverage))]["status"] = chance.choice(
                ["denied", "partial", "failed", "nonsense"]
            )
        head = {"format": "pgtopo.snapshot", "version": 1, "created_at": "2026-01-02T03:04:05Z"}
        text = _json({**head, "scope": {}, "coverage": coverage, "rows": rows})
    data = text.encode("utf-8", "surrogatepass")
    return _bent(data, chance) if chance.random() < 0.1 else data


def _kinds(rows: list[Any]) -> list[str]:
    found = (row.get("type") for row in rows if isinstance(row, dict))
    return sorted({kind for kind in found if isinstance(kind, str)})


def _json(value: Any) -> str:
    return json.dumps(value)


def _bent(data: bytes, chance: random.Random) -> bytes:
    """Cut off, doubled, or with a byte changed."""
    at = chance.randrange(max(1, len(data)))
    return chance.choice(
        [
            data[:at],
            data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
            data[:at] + data[max(0, at - 40) :],
            data.replace(b":", b":NaN,", 1) if chance.random() < 0.5 else b"\xef\xbb\xbf" + data,
        ]
    )


def _places(rows: list[Any]) -> Iterator[Place]:
    """Every place inside the rows."""
    waiting: list[Any] = [rows]
    while waiting:
        holder = waiting.pop()
        keys: Any = holder if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            yield holder, key
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])


def _any_place(rows: list[Any], chance: random.Random) -> Place:
    """Some place inside some row."""
    row = chance.choice(rows)
    found = list(_places([row]))
    return chance.choice(found)


def _text_place(rows: list[Any], chance: random.Random) -> Place | None:
    row = chance.choice(rows)
    found = [(holder, key) for holder, key in _places([row]) if isinstance(holder[key], str)]
    return chance.choice(found) if found else None


def _replace(rows: list[Any], chance: random.Random) -> None:
    holder, key = _any_place(rows, chance)
    holder[key] = copy.deepcopy(chance.choice(VALUES))


def _remove(rows: list[Any], chance: random.Random) -> None:
    holder, key = _any_place(rows, chance)
    del holder[key]


def _drop_row(rows: list[Any], chance: random.Random) -> None:
    del rows[chance.randrange(len(rows))]


def _repeat_row(rows: list[Any], chance: random.Random) -> None:
    rows.insert(chance.randrange(len(rows)), _copied(chance.choice(rows)))


def _copied(row: Any) -> Any:
    """A row of its own; the same once more where it is nested too deep to be copied."""
    try:
        return copy.deepcopy(row)
    except RecursionError:
        return row


def _wrap(rows: list[Any], chance: random.Random) -> None:
    """A list where one thing is expected, one thing where a list is."""
    holder, key = _any_place(rows, chance)
    value = holder[key]
    holder[key] = value[0] if isinstance(value, list) and value else [value]


def _recase(rows: list[Any], chance: random.Random) -> None:
    if place := _text_place(rows, chance):
        holder, key = place
        holder[key] = chance.choice([str.upper, str.lower, str.swapcase, str.title])(holder[key])


def _exchange(rows: list[Any], chance: random.Random) -> None:
    """Two texts change places: ids refer to other things, networks to themselves."""
    one, other = _text_place(rows, chance), _text_place(rows, chance)
    if one and other:
        (here, this), (there, that) = one, other
        here[this], there[that] = there[that], here[this]


def _bend_text(rows: list[Any], chance: random.Random) -> None:
    if place := _text_place(rows, chance):
        holder, key = place
        text = holder[key]
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(["/", ".", " ", "0", "9", "\n", "\u200b", "-", "é", "/providers/"])
        holder[key] = chance.choice([text[:at], text[at:], text[:at] + piece + text[at:]])


def _deepen(rows: list[Any], chance: random.Random) -> None:
    holder, key = _any_place(rows, chance)
    value = holder[key]
    for _ in range(chance.choice([3, 60, 400])):
        value = {"properties": value} if chance.random() < 0.5 else [value]
    holder[key] = value


DAMAGES: tuple[Callable[[list[Any], random.Random], None], ...] = (
    *(_replace, _replace, _replace, _remove, _remove, _wrap, _recase, _exchange, _bend_text),
    *(_drop_row, _repeat_row, _deepen),
)
