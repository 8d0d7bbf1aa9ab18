"""What `pgtopo help TOPIC` knows: one module per topic, found by file name."""

import importlib
import pkgutil
from types import ModuleType


def names() -> tuple[str, ...]:
    """Every topic, in order."""
    return tuple(sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__)))


def module(name: str) -> ModuleType:
    """The module of a topic."""
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
