"""Finds the formats of a document: the modules `as_<format>.py` of its folder."""

import importlib
from types import ModuleType

from pgtopo.folders import modules_in


def formats(document: str) -> tuple[str, ...]:
    """The formats a document can be written in, text first; nothing is imported for it."""
    package = importlib.import_module(f"pgtopo.reports.{document}")
    found = sorted(
        name.removeprefix("as_") for name in modules_in(package.__path__) if name.startswith("as_")
    )
    return tuple(sorted(found, key=lambda name: name != "text"))


def renderer(document: str, format_name: str) -> ModuleType:
    """The module that writes a document in a format."""
    return importlib.import_module(f"pgtopo.reports.{document}.as_{format_name}")
