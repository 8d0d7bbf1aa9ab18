"""The modules in a package's folder, for packages that keep no list of what they hold."""

import os
from collections.abc import Iterable


def modules_in(path: Iterable[str]) -> tuple[str, ...]:
    """The names of the modules of a package, in order, by its `__path__`; nothing is imported."""
    files = (
        file
        for folder in path
        for file in os.listdir(folder)  # noqa: PTH208  pathlib would cost start-up time
    )
    names = (file.removesuffix(".py") for file in files if file.endswith(".py"))
    return tuple(sorted(name for name in names if name != "__init__"))
