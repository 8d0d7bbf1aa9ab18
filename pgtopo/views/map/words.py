"""Breaks sentences into lines of a width, by cells of a terminal."""

from pgtopo.views.width import columns, cut_off


def wrapped(text: str, width: int, most: int) -> tuple[str, ...]:
    """The text in lines that fit, at most so many; the last one is cut where there is more."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= width or not line:
            line = longer
            continue
        lines.append(line)
        line = word
    lines.append(line)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = f"{kept[-1]} {lines[most]}"
    return tuple(cut_off(one, max(width, 1)) for one in kept)
