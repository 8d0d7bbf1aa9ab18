"""The verbs: one module per verb in `cli/commands`, found by file name, imported when used."""

import importlib
import os
from types import ModuleType

from pgtopo.cli import commands


def names() -> tuple[str, ...]:
    """Every verb, in order; nothing is imported for it."""
    found = {
        entry[: -len(".py")]
        for folder in commands.__path__
        for entry in os.listdir(folder)  # noqa: PTH208  pathlib would cost start-up time
        if entry.endswith(".py") and not entry.startswith("_")
    }
    return tuple(sorted(found))


def module(name: str) -> ModuleType:
    """The module of a verb."""
    return importlib.import_module(f"{commands.__name__}.{name}")
