"""The interpreter and the libraries pgtopo runs on."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from pgtopo.reports.doctor.item import Item, Section, State

LEAST = (3, 11)
LIBRARIES = (
    "azure-identity",
    "azure-mgmt-resourcegraph",
    "diskcache",
    "msgspec",
    "textual",
    "zstandard",
)


def section() -> Section:
    """Which versions there are, and whether they do."""
    found = {name: _version(name) for name in LIBRARIES}
    missing = [name for name, text in found.items() if not text]
    libraries = Item(
        name="libraries",
        state=State.ERROR if missing else State.OK,
        text=", ".join(f"{name} {text or 'missing'}" for name, text in found.items()),
        hint="install pgtopo again" if missing else "",
    )
    is_new = sys.version_info >= LEAST
    interpreter = Item(
        name="interpreter",
        state=State.OK if is_new else State.ERROR,
        text=f"Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        hint="" if is_new else f"pgtopo needs Python {LEAST[0]}.{LEAST[1]} or later",
    )
    facts = {"version": platform.python_version(), "libraries": found}
    return Section(name="python", items=(interpreter, libraries), facts=facts)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
