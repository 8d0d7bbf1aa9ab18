"""The verbs: one module per verb in `cli/commands`, found by file name, imported when used."""

import importlib
from types import ModuleType

from pgtopo.cli import commands
from pgtopo.folders import modules_in


def names() -> tuple[str, ...]:
    """Every verb, in order; nothing is imported for it."""
    return modules_in(commands.__path__)


def module(name: str) -> ModuleType:
    """The module of a verb."""
    return importlib.import_module(f"{commands.__name__}.{name}")
