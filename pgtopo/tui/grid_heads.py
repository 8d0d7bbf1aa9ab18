"""The names of columns, written downwards and shortened to what tells them apart."""

from itertools import takewhile

from pgtopo.tui.paint import one_cell


def column_heads(names: list[str], most: int) -> list[str]:
    """As many texts as rows are needed, each with one letter per column.

    What all names have in front is left out, up to a hyphen; long names lose their end.
    """
    cut = _shared(names).rfind("-") + 1
    short = [one_cell(name[cut:]) for name in names]
    height = min(max(map(len, short), default=0), most)
    fitted = [_fitted(name, height) for name in short]
    return ["".join(name[y] for name in fitted) for y in range(height)]


def _shared(names: list[str]) -> str:
    """What all names begin with; nothing for a single one."""
    if len(names) < 2:
        return ""
    ends = zip(min(names), max(names), strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], ends))


def _fitted(name: str, height: int) -> str:
    if len(name) <= height:
        return name.rjust(height)
    return f"{name[: height - 1]}…"
