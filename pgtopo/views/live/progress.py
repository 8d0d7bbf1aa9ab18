"""How far a collection is: the whole screen while nothing else is there, one line otherwise."""

from pgtopo.sources.azure.request import DeviceCode, Progress, Stage
from pgtopo.views.lines import BLANK, Line, Piece, Tone, piece
from pgtopo.views.signs import count

_BAR = 40
_STAGES = {
    Stage.LOGIN: "Logging in to",
    Stage.GRAPH: "Asking",
    Stage.ARM: "Asking",
    Stage.EFFECTIVE: "Asking",
    Stage.DONE: "Put together from",
}
_KEYS = "esc stops and shows what is there so far, q leaves"


def asking(
    label: str, progress: Progress | None, code: DeviceCode | None = None
) -> tuple[Line, ...]:
    """The screen while Azure is asked and nothing else is there to show."""
    stage = _STAGES[progress.stage] if progress is not None else "Asking"
    lines = [
        Line((Piece(f"{stage} ", Tone.STRONG), piece(label, Tone.STRONG))),
        BLANK,
    ]
    if code is not None and (progress is None or progress.stage is Stage.LOGIN):
        lines += [*device(code), BLANK]
    if progress is not None:
        lines += _figures(progress)
    lines += [BLANK, Line((Piece(_KEYS, Tone.DIM),))]
    return tuple(lines)


def device(code: DeviceCode) -> tuple[Line, ...]:
    """What to type where to log in."""
    return (
        Line((Piece("To log in, open  "), piece(code.url, Tone.LINK)), copies=code.url),
        Line((Piece("and type the code "), piece(code.code, Tone.CODE)), copies=code.code),
        Line((Piece("ctrl+y copies the line's address or code", Tone.DIM),)),
    )


def _figures(progress: Progress) -> list[Line]:
    lines = []
    if progress.parts_total and progress.stage is not Stage.LOGIN:
        share = min(1.0, progress.parts_done / progress.parts_total)
        full = int(share * _BAR)
        bar = (Piece("█" * full, Tone.GOOD), Piece("░" * (_BAR - full), Tone.DIM))
        parts = f" {progress.parts_done} of {progress.parts_total} parts so far"
        lines.append(Line((*bar, Piece(parts))))
    if progress.query:
        lines.append(Line((Piece(f"{progress.stage.value}: "), *_query(progress))))
    lines.append(Line((Piece("   ".join(_amounts(progress))),)))
    if progress.failed:
        text = f"{count(progress.failed, 'part')} could not be read"
        lines.append(Line((Piece(text, Tone.UNKNOWN),)))
    if progress.waiting >= 1:
        text = f"Azure asks to slow down: {progress.waiting:.0f} s to wait"
        lines.append(Line((Piece(text, Tone.RISK),)))
    elif progress.note:
        lines.append(Line((piece(progress.note, Tone.RISK),)))
    return lines


def _query(progress: Progress) -> tuple[Piece, ...]:
    page = f", page {progress.page}" if progress.page > 1 else ""
    return (piece(progress.query, Tone.STRONG), Piece(page))


def _amounts(progress: Progress) -> list[str]:
    found = [
        count(progress.rows, "row"),
        f"{progress.bytes / 1e6:,.1f} MB",
        count(progress.requests, "request"),
        f"{progress.elapsed:.1f} s",
    ]
    if progress.quota_left is not None:
        found.append(f"quota left {progress.quota_left}")
    return found


def in_short(progress: Progress | None, code: DeviceCode | None = None) -> tuple[Piece, ...]:
    """How far a refresh is, while the estate is on show."""
    if code is not None and (progress is None or progress.stage is Stage.LOGIN):
        return (
            Piece("To log in, open "),
            piece(code.url, Tone.LINK),
            Piece(" and type "),
            piece(code.code, Tone.CODE),
        )
    if progress is None:
        return (Piece("Refreshing ..."),)
    words = [f"{progress.parts_done}/{progress.parts_total} parts", *_amounts(progress)]
    if progress.waiting >= 1:
        words.append(f"waiting {progress.waiting:.0f} s")
    elif progress.failed:
        words.append(f"{progress.failed} could not be read")
    query = f"{progress.query}" if progress.query else progress.stage.value
    return (Piece(f"Refreshing: {query}  ", Tone.STRONG), Piece("  ".join(words), Tone.DIM))


def stopping(label: str, progress: Progress | None) -> tuple[Line, ...]:
    """The screen from the moment a collection is stopped until what it brought is there."""
    held = count(progress.rows if progress is not None else 0, "row")
    return (
        Line((Piece("Stopped asking ", Tone.STRONG), piece(label, Tone.STRONG))),
        BLANK,
        Line((Piece(f"{held} came in; they are put together now."),)),
        BLANK,
        Line((Piece("esc goes to the start screen, q leaves", Tone.DIM),)),
    )


def stopped(label: str) -> tuple[Line, ...]:
    """The screen where a collection was stopped before it brought anything."""
    return (
        Line((Piece("Stopped asking ", Tone.STRONG), piece(label, Tone.STRONG))),
        BLANK,
        Line((Piece("Nothing had come in yet."),)),
        BLANK,
        Line((Piece("r asks again, esc goes to the start screen, q leaves", Tone.DIM),)),
    )


def failed(label: str, cause: str, hint: str) -> tuple[Line, ...]:
    """The screen after Azure could not be asked."""
    lines = [Line((Piece("✖ Could not ask ", Tone.BAD), piece(label, Tone.BAD))), BLANK]
    lines.append(Line((piece(cause),)))
    if hint:
        lines.append(Line((piece(hint, Tone.DIM),)))
    lines += [
        BLANK,
        Line((Piece("r asks again, esc goes to the start screen, q leaves", Tone.DIM),)),
    ]
    return tuple(lines)
