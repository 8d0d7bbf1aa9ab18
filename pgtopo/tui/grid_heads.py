"""The names of columns, written downwards and shortened to what tells them apart."""

from itertools import takewhile

from pgtopo.tui.paint import elided, one_cell


def column_heads(names: list[str], most: int) -> list[str]:
    """As many texts as rows are needed, each with one letter per column.

    What all names have in front is left out, up to a hyphen; long names lose their end, or their
    front where that leaves more of them apart.
    """
    cut = _shared(names).rfind("-") + 1
    short = [one_cell(name[cut:]) for name in names]
    height = min(max(map(len, short), default=0), most)
    ways = [[fit(name, height) for name in short] for fit in (_front, _back)]
    fitted = max(ways, key=lambda made: len(set(made)))
    return ["".join(name[y] for name in fitted) for y in range(height)]


def _shared(names: list[str]) -> str:
    """What all names begin with; nothing for a single one."""
    if len(names) < 2:
        return ""
    ends = zip(min(names), max(names), strict=False)
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], ends))


def _front(name: str, height: int) -> str:
    if len(name) <= height:
        return name.rjust(height)
    return f"{name[: height - 1]}…"


def _back(name: str, height: int) -> str:
    if len(name) <= height:
        return name.rjust(height)
    return f"…{name[len(name) - height + 1 :]}"


def shared_fronts(names: list[str]) -> list[str]:
    """What the names begin with up to a hyphen, one text per part between slashes.

    Nothing where the names have different numbers of parts.
    """
    split = [name.split("/") for name in names]
    if len({len(parts) for parts in split}) != 1:
        return []
    shared = (_shared(list(part)) for part in zip(*split, strict=True))
    return [front[: front.rfind("-") + 1] for front in shared]


def shortened(parts: list[str], width: int) -> list[str]:
    """The parts of a name cut so that they fit beside one another; short ones stay whole."""
    left = width - len(parts) + 1
    made = dict.fromkeys(range(len(parts)), "")
    for done, at in enumerate(sorted(made, key=lambda one: len(parts[one]))):
        made[at] = elided(parts[at], max(left // (len(parts) - done), 1))
        left -= len(made[at])
    return [made[at] for at in range(len(parts))]
