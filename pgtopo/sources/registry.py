"""Finds the resource kinds pgtopo reads by walking `sources.kinds`."""

import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from pgtopo.folders import modules_in
from pgtopo.sources import kinds as folder
from pgtopo.sources.kind import Kind


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that is read, by its lower-case ARM type and in that order."""
    found: dict[str, Kind] = {}
    for name in modules_in(folder.__path__):
        for kind in _declared(importlib.import_module(f"{folder.__name__}.{name}")):
            if kind.arm_type in found:
                raise ValueError(f"{kind.arm_type} is declared twice")
            found[kind.arm_type] = kind
    return MappingProxyType(dict(sorted(found.items())))


def _declared(module: ModuleType) -> Iterator[Kind]:
    """The kinds of a module: its `KIND`, or several in `KINDS` where they share a shape."""
    if hasattr(module, "KIND"):
        yield module.KIND
    yield from getattr(module, "KINDS", ())
