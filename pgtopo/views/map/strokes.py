"""The characters wires and frames are drawn with."""

from typing import NamedTuple

from pgtopo.views.map.drawing import Border, Stroke

NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8

_JOINTS = {
    NORTH | EAST: "└",
    NORTH | WEST: "┘",
    SOUTH | EAST: "┌",
    SOUTH | WEST: "┐",
    NORTH | SOUTH | EAST: "├",
    NORTH | SOUTH | WEST: "┤",
    EAST | WEST | SOUTH: "┬",
    EAST | WEST | NORTH: "┴",
    NORTH | EAST | SOUTH | WEST: "┼",
}

_ACROSS = {
    Stroke.SOLID: "─",
    Stroke.DOUBLE: "═",
    Stroke.DASHED: "┄",
    Stroke.DOTTED: "┈",
    Stroke.HEAVY: "━",
    Stroke.BROKEN: " ",
}
_DOWN = {
    Stroke.SOLID: "│",
    Stroke.DOUBLE: "║",
    Stroke.DASHED: "┆",
    Stroke.DOTTED: "┊",
    Stroke.HEAVY: "┃",
    Stroke.BROKEN: " ",
}


def wire(ways: int, stroke: Stroke) -> str:
    """The character of a wire that leaves a cell in some directions."""
    if ways & (NORTH | SOUTH) and ways & (EAST | WEST):
        return _JOINTS[ways]
    return (_DOWN if ways & (NORTH | SOUTH) else _ACROSS)[stroke]


class Frame(NamedTuple):
    """The characters of a frame, and those where a wire leaves it."""

    corners: str
    """Upper left, upper right, lower left, lower right."""
    across: str
    down: str
    north: str
    east: str
    south: str
    west: str


FRAMES = {
    Border.LIGHT: Frame("┌┐└┘", "─", "│", "┴", "├", "┬", "┤"),
    Border.ROUND: Frame("╭╮╰╯", "─", "│", "┴", "├", "┬", "┤"),
    Border.HEAVY: Frame("┏┓┗┛", "━", "┃", "┷", "┠", "┯", "┨"),
    Border.DASHED: Frame("╭╮╰╯", "╌", "╎", "┴", "├", "┬", "┤"),
}
