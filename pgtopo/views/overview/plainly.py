"""Any other resource: its fields under readable names."""

import msgspec

from pgtopo.model.base import Origin, Resource
from pgtopo.model.ids import ArmId
from pgtopo.model.net import SpanSet
from pgtopo.views.overview.writing import MOST, Page, yes_no

_LEFT_OUT = frozenset({"id", "name", "origin", "location"})


def write(page: Page, resource: Resource) -> None:
    """The fields of a resource that hold something."""
    page.fact("Region", resource.location)
    for field in msgspec.structs.fields(resource):
        if field.name not in _LEFT_OUT:
            _field(page, _readable(field.name), getattr(resource, field.name))


def _readable(name: str) -> str:
    words = name.removeprefix("is_").removeprefix("has_").replace("_", " ")
    return words[:1].upper() + words[1:14]


def _field(page: Page, name: str, value: object) -> None:
    if isinstance(value, bool):
        page.fact(name, yes_no(value))
    elif isinstance(value, str):
        if value.startswith("/") and value.count("/") > 2:
            page.ref(name, ArmId(value))
        else:
            page.fact(name, value)
    elif isinstance(value, int):
        page.fact(name, f"{value:,}")
    elif isinstance(value, tuple):
        for at, one in enumerate(value[:MOST]):
            _field(page, name if at == 0 else "", one)
        if len(value) > MOST:
            page.fact("", f"and {len(value) - MOST:,} more")
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Origin):
        page.fact(name, _in_short(value))


def _in_short(value: msgspec.Struct) -> str:
    shown = []
    for field in msgspec.structs.fields(value):
        held = getattr(value, field.name)
        if held not in (None, "", (), False) and not isinstance(held, SpanSet | msgspec.Struct):
            shown.append(f"{field.name.replace('_', ' ')} {held}")
    return ", ".join(shown)
