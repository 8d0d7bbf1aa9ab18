"""What `pgtopo help TOPIC` knows: a module per topic that is generated, a page per other one."""

import importlib
import os
from types import ModuleType

from pgtopo import docs
from pgtopo.folders import modules_in
from pgtopo.views.style import Style


def names() -> tuple[str, ...]:
    """Every topic, in order."""
    generated = (name.replace("_", "-") for name in modules_in(__path__))
    return tuple(sorted({*generated, *_pages()}))


def about(name: str) -> str:
    """A topic in a few words."""
    if name not in _pages():
        return str(_module(name).ABOUT)
    from pgtopo.cli.page import about as page_about

    return page_about(_pages()[name])


def lines(name: str, style: Style) -> list[str]:
    """A topic as lines of text."""
    if name not in _pages():
        found: list[str] = _module(name).lines(style)
        return found
    from pgtopo.cli.page import lines as page_lines

    return page_lines(_pages()[name], style)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")


def _pages() -> dict[str, str]:
    """The pages of documentation by their topic."""
    folder = docs.__path__[0]
    return {
        entry.removesuffix(".md"): f"{folder}/{entry}"
        for entry in os.listdir(folder)  # noqa: PTH208  pathlib would cost start-up time
        if entry.endswith(".md")
    }
