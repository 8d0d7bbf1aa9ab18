"""A change to an estate, written down: rows added or deleted, values set or removed.

    {"schema": "pgtopo.patch/1", "ops": [
        {"op": "set", "id": "/subscriptions/...", "path": "/properties/peeringState",
         "value": "Connected"}]}

A path is a JSON pointer (RFC 6901) below the row; an element of a list may be given by its name
(`/properties/securityRules/deny-all`) as well as by its place.
"""

import json
from enum import Enum
from typing import Any

import msgspec

from pgtopo.errors import SnapshotError
from pgtopo.model.ids import ArmId, fold

SCHEMA = "pgtopo.patch/1"


class Action(Enum):
    """What an operation does."""

    SET = "set"
    """Give a value a new content, or add one where the object or list around it exists."""
    REMOVE = "remove"
    """Take a value out."""
    ADD_ROW = "add_row"
    """Add a resource; its value is the whole row."""
    DELETE_ROW = "delete_row"
    """Delete a resource and everything below it."""


class Op(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One operation."""

    op: Action
    id: str
    """ARM id of the row, as written."""
    path: str = ""
    value: Any = None

    @property
    def target(self) -> ArmId:
        """The id to compare by."""
        return fold(self.id)

    def __str__(self) -> str:
        return f"{self.op.value} {self.id}{' ' + self.path if self.path else ''}"


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """Operations that are applied together, in order."""

    schema: str = SCHEMA
    ops: tuple[Op, ...] = ()


def set_value(row: str, path: str, value: Any) -> Op:
    """The operation that gives a value of a row a new content."""
    return Op(op=Action.SET, id=row, path=path, value=value)


def remove_value(row: str, path: str) -> Op:
    """The operation that takes a value out of a row."""
    return Op(op=Action.REMOVE, id=row, path=path)


def add_row(row: dict[str, Any]) -> Op:
    """The operation that adds a resource."""
    return Op(op=Action.ADD_ROW, id=str(row["id"]), value=row)


def delete_row(row: str) -> Op:
    """The operation that deletes a resource."""
    return Op(op=Action.DELETE_ROW, id=row)


def steps_of(path: str) -> tuple[str, ...]:
    """The steps of a JSON pointer, unescaped."""
    if not path:
        return ()
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:])


def parse(data: bytes | str, name: str) -> Patch:
    """The patch in a file's text.

    Raises:
        SnapshotError: it is no patch; the message says where it breaks.
    """
    try:
        value = json.loads(data)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise SnapshotError(f"{name} holds half a character (a lone surrogate)", _HINT) from None
    except (ValueError, RecursionError) as failure:
        raise SnapshotError(f"{name} is not JSON: {failure}", _HINT) from None
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise SnapshotError(f'{name} is not a patch: "schema" is not "{SCHEMA}"', _HINT)
    ops = value.get("ops")
    if not isinstance(ops, list):
        raise SnapshotError(f'{name}: "ops" is not a list', _HINT)
    return Patch(ops=tuple(_op(found, f"{name}: ops[{place}]") for place, found in enumerate(ops)))


_HINT = 'a patch is {"schema": "pgtopo.patch/1", "ops": [{"op", "id", "path", "value"}]}'


def _op(found: Any, place: str) -> Op:
    try:
        made = msgspec.convert(found, Op)
    except msgspec.ValidationError as failure:
        raise SnapshotError(f"{place}: {failure}", _HINT) from None
    fault = _fault(made, is_stated="value" in found)
    if fault:
        raise SnapshotError(f"{place}: {fault}", _HINT)
    return made


def _fault(op: Op, *, is_stated: bool) -> str:
    """What keeps an operation from making sense by itself, or an empty text."""
    if "/" not in op.id:
        return f"{op.id!r} is not a resource id"
    if op.op in (Action.SET, Action.REMOVE) and not op.path.startswith("/"):
        return f'{op.op.value} needs a "path" that begins with "/"'
    if op.op is Action.SET and not is_stated:
        return 'set needs a "value"'
    if op.op is Action.ADD_ROW and not isinstance(op.value, dict):
        return 'add_row needs the row as its "value"'
    return ""
