"""Rows as a snapshot holds them, made of what Azure answers."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from pgtopo.model.ids import name_of
from pgtopo.sources.azure.queries import Query
from pgtopo.sources.azure.reads import SERVICE_TAGS, SUBNET_USAGE, Read

Raw = msgspec.Raw

_PARAMETERS = "microsoft.dbforpostgresql/flexibleservers/configurations"
_PARAMETER_FIELDS = ("value", "defaultValue", "source", "isReadOnly", "isConfigPendingRestart")
"""The rest of a parameter is its documentation, ten times as long and alike on every server."""


class Row(NamedTuple):
    """One row."""

    kind: str
    """Lower-case ARM type."""
    id: str
    """As Azure wrote it."""
    text: bytes


class _Head(msgspec.Struct):
    id: str | None = None
    type: str | None = None


class _Usage(msgspec.Struct, rename="camel"):
    id: str | None = None
    current_value: float | None = None


_decode_head = msgspec.json.Decoder(_Head).decode
_decode_usage = msgspec.json.Decoder(_Usage).decode
_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)


def of_query(query: Query, data: Iterable[Raw]) -> list[Row]:
    """The rows of a page; what has no id or is of another kind was not asked for."""
    found = []
    for raw in data:
        head = _head(raw)
        if head is None or not head.id:
            continue
        kind = (head.type or (query.kinds[0] if len(query.kinds) == 1 else "")).lower()
        if kind not in query.kinds:
            continue
        text = _whole(raw, query.paths, kind) if query.paths else bytes(raw)
        found.append(Row(kind, head.id, text))
    return found


def _head(raw: Raw) -> _Head | None:
    try:
        return _decode_head(raw)
    except _UNREADABLE:
        return None


def _read(text: Raw | bytes) -> dict[str, Any] | None:
    """A row as a dictionary; None where its text breaks beyond its head."""
    try:
        found: dict[str, Any] = msgspec.json.decode(text, type=dict[str, Any])
    except _UNREADABLE:
        return None
    return found


def _whole(raw: Raw, paths: Iterable[tuple[str, str]], kind: str) -> bytes:
    """A row whose properties were asked for one by one, with the properties put back in place."""
    row = _read(raw)
    if row is None:
        return bytes(raw)
    given = row.pop("properties", None)
    properties: dict[str, Any] = {}
    for column, path in paths:
        value = row.pop(column, None)
        value = _at(given, path) if value is None else value
        if value is not None:
            _put(properties, path.split("."), value)
    return msgspec.json.encode(row | {"type": row.get("type") or kind, "properties": properties})


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _put(properties: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        properties = properties.setdefault(step, {})
    properties[steps[-1]] = value


def of_listing(read: Read, parent: str, values: Iterable[Raw]) -> list[Row]:
    """The rows of an ARM list that was read for a parent."""
    make = _MAKERS.get(read.kind, _child)
    found = [make(read, parent, raw) for raw in values]
    return [row for row in found if row is not None]


def _child(read: Read, parent: str, raw: Raw) -> Row | None:
    """The child as it came, with the id and type it lacks in some answers."""
    head = _head(raw)
    if head is None:
        return None
    if head.id and head.type:
        return Row(read.kind, head.id, bytes(raw))
    row = _read(raw)
    if row is None:
        return Row(read.kind, head.id, bytes(raw)) if head.id else None
    name = row.get("name")
    if not head.id and not isinstance(name, str):
        return None
    made = head.id or f"{parent}/{read.url.rsplit('/', 1)[-1]}/{name_of(str(name))}"
    return Row(read.kind, made, msgspec.json.encode(row | {"id": made, "type": read.kind}))


def _parameter(read: Read, parent: str, raw: Raw) -> Row | None:
    row = _child(read, parent, raw)
    if row is None:
        return None
    whole = _read(row.text)
    given = whole.get("properties") if whole else None
    if whole is None or not isinstance(given, dict):
        return row
    kept = {name: given[name] for name in _PARAMETER_FIELDS if name in given}
    made = {"id": row.id, "name": whole.get("name"), "type": read.kind, "properties": kept}
    return Row(read.kind, row.id, msgspec.json.encode(made))


def _usage(read: Read, _parent: str, raw: Raw) -> Row | None:
    """How many addresses of a subnet are in use; the answer names the subnet by its id."""
    try:
        found = _decode_usage(raw)
    except _UNREADABLE:
        return None
    if not found.id or "/subnets/" not in found.id.lower() or found.current_value is None:
        return None
    used = {"used": round(found.current_value), "source": "usages"}
    return _made(read.kind, f"{found.id.rstrip('/')}/providers/pgtopo/usage", used)


_MAKERS = {_PARAMETERS: _parameter, SUBNET_USAGE: _usage}


def service_tags(answer: Mapping[str, Any], cloud: str) -> Row:
    """The address ranges of all service tags of a cloud, as the service answers."""
    given = answer.get("properties")
    properties = given if isinstance(given, dict) else dict(answer)
    return _made(SERVICE_TAGS, f"/providers/pgtopo/servicetags/{cloud}", properties)


def in_force(read: Read, interface: str, answer: Mapping[str, Any]) -> Row:
    """What is in force on a network interface, as the service answers."""
    name = name_of(read.kind)
    return _made(read.kind, f"{interface}/providers/pgtopo/{name}", answer)


def _made(kind: str, made_id: str, properties: Mapping[str, Any]) -> Row:
    row = {"id": made_id, "name": name_of(made_id), "type": kind, "properties": properties}
    return Row(kind, made_id, msgspec.json.encode(row))
