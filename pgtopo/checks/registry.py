"""Finds every check by walking the family folders; there is no list to keep.

A check is the one `Check` object in a module `checks/<family>/<slug_with_underscores>.py`.
"""

import importlib
from functools import cache
from types import ModuleType

from pgtopo.checks.base import AnyCheck, Check, Family
from pgtopo.folders import modules_in


@cache
def catalogue() -> tuple[AnyCheck, ...]:
    """Every check there is, ordered by id."""
    found = (check for family in Family for check in _of_family(family))
    return tuple(sorted(found, key=lambda check: check.id))


def _of_family(family: Family) -> list[AnyCheck]:
    try:
        package = importlib.import_module(f"pgtopo.checks.{family.label}")
    except ModuleNotFoundError:
        return []
    return [
        declared_in(importlib.import_module(f"{package.__name__}.{name}"))
        for name in modules_in(package.__path__)
    ]


def declared_in(module: ModuleType) -> AnyCheck:
    """The check that a module declares.

    Raises:
        TypeError: the module declares none, or more than one.
    """
    found = [value for value in vars(module).values() if isinstance(value, Check)]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} declares {len(found)} checks, not one")
    return found[0]


def slug_of(module_name: str) -> str:
    """The slug that a module's name stands for."""
    return module_name.rsplit(".", 1)[-1].replace("_", "-")
