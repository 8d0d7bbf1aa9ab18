"""Lays one reading of a thing over another."""

from typing import Any

import msgspec


def overlay(under: Any, over: Any) -> Any:
    """One wire value over another of the same shape: what `over` states wins, field by field."""
    if over is None:
        return under
    if not isinstance(over, msgspec.Struct) or not isinstance(under, msgspec.Struct):
        return over
    if over.__struct_fields__ != under.__struct_fields__:
        return over
    merged = {
        name: overlay(getattr(under, name), getattr(over, name)) for name in over.__struct_fields__
    }
    return type(over)(**merged)
