"""Pages of documentation for a terminal: paragraphs at the reader's width, the rest as it is."""

from collections.abc import Iterator
from pathlib import Path

from pgtopo.reports.prose import paragraph
from pgtopo.views.style import Style

_AS_IS = ("|", "```", "    ")
_FOR_BROWSERS = ("![", "<")
"""How blocks begin that only a browser can show: pictures and what folds."""


def about(path: str) -> str:
    """The sentence under the title."""
    text = _blocks(path)[1].removesuffix(".").replace("\n", " ")
    return text[:1].lower() + text[1:]


def lines(path: str, style: Style) -> list[str]:
    """The page as text."""
    found: list[str] = []
    for block in _blocks(path):
        if block.startswith(_FOR_BROWSERS):
            continue
        found += [*_shown(block, style), ""]
    return found[:-1]


def _shown(block: str, style: Style) -> Iterator[str]:
    if block.startswith("#"):
        yield style.painted(block.lstrip("# "), "strong")
    elif block.startswith("```"):
        yield from (f"  {line}" for line in block.splitlines() if not line.startswith("```"))
    elif block.startswith(_AS_IS):
        yield from block.splitlines()
    elif block.startswith("- "):
        for entry in f"\n{block}".split("\n- ")[1:]:
            yield from paragraph(_plain(entry), style, "  ", "- ")
    else:
        yield from paragraph(_plain(block), style)


def _plain(text: str) -> str:
    return text.replace("**", "").replace("`", "")


def _blocks(path: str) -> list[str]:
    """Paragraphs, headings, lists and fenced texts, each whole."""
    found: list[str] = []
    fence: list[str] | None = None
    for block in Path(path).read_text(encoding="utf-8").strip().split("\n\n"):
        is_fence_end = block.count("```") % 2 == 1
        if fence is not None:
            fence.append(block)
            if is_fence_end:
                found.append("\n\n".join(fence))
                fence = None
        elif is_fence_end:
            fence = [block]
        else:
            found.append(block)
    return found
