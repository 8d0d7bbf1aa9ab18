"""Where the user's own files lie: settings, what is remembered, what is kept."""

import os
import posixpath
import sys
from collections.abc import Callable
from pathlib import Path

NOWHERE = Path(os.devnull)
"""Stands for a folder where there is none: nothing can be read there, or written."""


def home() -> Path:
    """The user's home."""
    try:
        return Path.home()
    except RuntimeError:
        return NOWHERE


def config() -> Path:
    """The folder of the settings."""
    plain = _of_linux("XDG_CONFIG_HOME", ".config")
    if plain is not None:  # every command reads the settings, and most need no more to find them
        return plain
    import platformdirs

    return _own(platformdirs.user_config_dir)


def state() -> Path:
    """The folder of what is remembered from one run to the next."""
    import platformdirs

    return _own(platformdirs.user_state_dir)


def cache() -> Path:
    """The folder of what can be asked for again."""
    import platformdirs

    return _own(platformdirs.user_cache_dir)


def _of_linux(variable: str, below: str) -> Path | None:
    """A folder for pgtopo by the rules of Linux; None elsewhere, and where a home is to be found.

    What platformdirs says as well; loading that takes a third of what starting Python takes.
    """
    if sys.platform != "linux":
        return None
    stated, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if posixpath.isabs(stated):
        return Path(stated, "pgtopo")
    return Path(home, below, "pgtopo") if posixpath.isabs(home) else None


def _own(where: Callable[..., str]) -> Path:
    """A folder for pgtopo; nowhere for a user without a home, as containers have them."""
    try:
        found = Path(where("pgtopo", appauthor=False))
    except RuntimeError:
        return NOWHERE / "pgtopo"
    return found if found.is_absolute() else NOWHERE / "pgtopo"
