"""Reads a row whose fields have wrong types: what fits is kept, the rest is noted.

Typed decoding stops at the first field that does not fit. Here the fields of a row that was
decoded without types are put into the shape one by one, so that an odd one costs itself only.
"""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec.inspect as shapes

from pgtopo.model.nsg import IdRef
from pgtopo.sources.lenient import Unreadable

Note = Callable[[str, str], None]
"""Takes the path of a field and why it could not be read."""

_MISSING: Any = object()

UNREADABLE = "/unreadable"
"""The id of a reference whose own id cannot be read."""
_EXACT = 1 << 53


def salvage(value: Any, shape: Any, note: Note) -> Any:
    """A value put into a wire shape; what does not fit is noted and left None.

    Raises:
        Unreadable: where the value is no object, or nested too deeply.
    """
    if not isinstance(value, dict):
        raise Unreadable(f"not an object but {_word(value)}")
    try:
        return _convert(value, _info(shape), "", note)
    except RecursionError:
        raise Unreadable("nested too deeply") from None


def unread(shape: Any) -> Any:
    """The properties of a row of which none can be read; None where they have no shape."""
    row: Any = _info(shape)
    want = next(one.type for one in row.fields if one.name == "properties")
    for member in want.types if isinstance(want, shapes.UnionType) else (want,):
        if isinstance(member, shapes.StructType):
            made = {one.name: _stand_in(member, one.type) for one in member.fields}
            return member.cls(**{name: value for name, value in made.items() if value is not None})
    return None


@cache
def _info(shape: Any) -> shapes.Type:
    return shapes.type_info(shape)


def _convert(value: Any, want: shapes.Type, path: str, note: Note) -> Any:
    """The value as the wanted type, or `_MISSING` (and a note) where it does not fit."""
    if isinstance(want, shapes.UnionType):
        return _one_of(value, want, path, note)
    convert = _CONVERTERS.get(type(want))
    if convert is None:
        return value
    found = convert(value, want, path, note)
    if found is _MISSING and value != "":
        note(path, f"expected {_NAMES[type(want)]}, found {_word(value)}")
    return found


def _one_of(value: Any, want: shapes.UnionType, path: str, note: Note) -> Any:
    members = [t for t in want.types if not isinstance(t, shapes.NoneType)]
    if value is None and len(members) < len(want.types):
        return None
    if len(members) == 1:
        return _convert(value, members[0], path, note)
    for member in members:
        silent = _Silent()
        found = _convert(value, member, path, silent)
        if found is not _MISSING and not silent.is_noted:
            return found
    note(path, f"unexpected {_word(value)}")
    return _MISSING


class _Silent:
    """Takes notes for a type that is only tried."""

    is_noted = False

    def __call__(self, path: str, reason: str) -> None:
        del path, reason
        self.is_noted = True


def _struct(value: Any, want: Any, path: str, note: Note) -> Any:
    if not isinstance(value, dict):
        return _MISSING
    made: dict[str, Any] = {}
    for field in want.fields:
        stated = value.get(field.encode_name, _MISSING)
        if stated is _MISSING:
            if field.required:
                made[field.name] = None
            continue
        inner = f"{path}.{field.encode_name}" if path else field.encode_name
        found = _convert(stated, field.type, inner, note)
        if found is _MISSING:
            found = _stand_in(want, field.type) if stated != "" else None
        if found is not None or field.required:
            made[field.name] = found
    return want.cls(**made)


def _stand_in(owner: Any, want: shapes.Type) -> Any:
    """What takes the place of a field that says something nobody can read.

    A reference stays a reference, to something that was not read, and a list of objects keeps an
    object without content, so that "unreadable" never turns into "there is none".
    """
    if owner.cls is IdRef:
        return UNREADABLE
    members = want.types if isinstance(want, shapes.UnionType) else (want,)
    for member in members:
        if isinstance(member, shapes.StructType) and member.cls is IdRef:
            return IdRef(id=UNREADABLE)
        if isinstance(member, shapes.ListType | shapes.VarTupleType):
            blank = _blank(member.item_type)
            if blank is None:
                return None
            return [blank] if isinstance(member, shapes.ListType) else (blank,)
    return None


def _blank(want: shapes.Type) -> Any:
    """An object of this type without content; None where it is no object."""
    if isinstance(want, shapes.UnionType):
        return next((made for one in want.types if (made := _blank(one)) is not None), None)
    if not isinstance(want, shapes.StructType):
        return None
    return IdRef(id=UNREADABLE) if want.cls is IdRef else want.cls()


def _list(value: Any, want: Any, path: str, note: Note) -> Any:
    if not isinstance(value, list):
        return _MISSING
    read = []
    for index, one in enumerate(value):
        found = _convert(one, want.item_type, f"{path}[{index}]", note)
        if found is _MISSING and one is not None:
            found = _blank(want.item_type)
        if found is not _MISSING and found is not None:
            read.append(found)
    return read


def _tuple(value: Any, want: Any, path: str, note: Note) -> Any:
    found = _list(value, want, path, note)
    return found if found is _MISSING else tuple(found)


def _dict(value: Any, want: Any, path: str, note: Note) -> Any:
    if not isinstance(value, dict):
        return _MISSING
    made: dict[str, Any] = {}
    for key, one in value.items():
        found = _convert(one, want.value_type, f"{path}.{_clean(key)}", note)
        if found is not _MISSING:
            made[_clean(key)] = found
    return made


def _text(value: Any, want: Any, path: str, note: Note) -> Any:
    del want
    if isinstance(value, str):
        clean = _clean(value)
        if clean != value:
            note(path, "text with half a character; shown with a replacement")
        return clean
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _MISSING
    if isinstance(value, float):
        if not math.isfinite(value):
            return _MISSING
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    return str(value)


def _int(value: Any, want: Any, path: str, note: Note) -> Any:
    del want, path, note
    if isinstance(value, bool):
        return _MISSING
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _EXACT else _MISSING
    if isinstance(value, str):
        digits = value.strip()
        body = digits[1:] if digits[:1] in ("-", "+") else digits
        if body.isascii() and body.isdigit() and len(body) <= 18:
            return int(digits)
    return _MISSING


def _float(value: Any, want: Any, path: str, note: Note) -> Any:
    del want, path, note
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _MISSING
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return _MISSING
    return found if math.isfinite(found) else _MISSING


def _bool(value: Any, want: Any, path: str, note: Note) -> Any:
    del want, path, note
    if isinstance(value, bool):
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    return word == "true" if word in ("true", "false") else _MISSING


def _none(value: Any, want: Any, path: str, note: Note) -> Any:
    del want, path, note
    return None if value is None else _MISSING


def _any(value: Any, want: Any, path: str, note: Note) -> Any:
    del want, path, note
    return _cleaned(value)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {_clean(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _clean(text: str) -> str:
    """The text without lone surrogates, which no encoder would write again."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_CONVERTERS: dict[type[shapes.Type], Callable[[Any, Any, str, Note], Any]] = {
    shapes.StructType: _struct,
    shapes.ListType: _list,
    shapes.VarTupleType: _tuple,
    shapes.DictType: _dict,
    shapes.StrType: _text,
    shapes.IntType: _int,
    shapes.FloatType: _float,
    shapes.BoolType: _bool,
    shapes.NoneType: _none,
    shapes.AnyType: _any,
}
_NAMES: dict[type[shapes.Type], str] = {
    shapes.StructType: "an object",
    shapes.ListType: "a list",
    shapes.VarTupleType: "a list",
    shapes.DictType: "an object",
    shapes.StrType: "text",
    shapes.IntType: "a whole number",
    shapes.FloatType: "a number",
    shapes.BoolType: "true or false",
    shapes.NoneType: "null",
    shapes.AnyType: "anything",
}


def _word(value: Any) -> str:
    """What a value is, for a message that must not show the value itself."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text" if value else "empty text"
    return "a list" if isinstance(value, list) else "an object"
