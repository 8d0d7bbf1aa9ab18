"""Plain twins of the characters a drawing is made of."""

TWINS = {
    "─": "-",
    "━": "=",
    "═": "=",
    "┄": ".",
    "╌": "-",
    "┈": ".",
    "·": "-",
    "│": "|",
    "┃": "|",
    "║": "|",
    "┆": ":",
    "╎": ":",
    "┊": ":",
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┯┷┠┨", "+"),
    "●": "*",
    "○": "o",
    "◐": "~",
    "◆": "#",
    "◇": "-",
    "✔": "+",
    "✖": "x",
    "▲": "!",
    "▼": "v",
    "→": ">",
    "⇄": "=",
    "…": "~",
    "×": "x",
}
"""By drawn character."""

_TABLE = str.maketrans(TWINS)


def plain(text: str) -> str:
    """The text in ASCII: drawn characters by their twins, any other as a question mark."""
    if text.isascii():
        return text
    return text.translate(_TABLE).encode("ascii", "replace").decode("ascii")
