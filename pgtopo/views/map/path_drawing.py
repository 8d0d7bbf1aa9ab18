"""One path as a compact drawing: the way there goes down at the left, the way back up at the right.

    found = session.trace("snet-app", "psql-orders")[1]
    drawing = path_drawing(session.facts, found, width=76)
    text = text_of(drawing, style)

`pgtopo.reports.drawing.svg` makes a picture of the same drawing. Behind the step that blocks, the
way is dashed: no packet gets there.
"""

from collections.abc import Callable, Iterator

from pgtopo.analysis.facts import Facts
from pgtopo.analysis.path.answer import (
    PathVerdict,
    dns_verdict,
    first_code,
    network_verdict,
    part_verdict,
)
from pgtopo.analysis.verdict import Part, Stage, Step, Verdict
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.drawing import Border, Box, Drawing, Mark, Stroke, Wire
from pgtopo.views.map.gist import gist
from pgtopo.views.map.stations import Station, StationKind, addresses, way_of
from pgtopo.views.map.words import wrapped
from pgtopo.views.path import SIGNS, verdict_piece
from pgtopo.views.signs import Sign
from pgtopo.views.stage_words import STAGE_WORDS
from pgtopo.views.width import columns

Veil = Callable[[str], str]

WIDTH = 76
"""The columns of a drawing where nobody asks for others."""
NARROWEST = 40

_THERE = 4
"""The column of the way there; the way back stands as far from the right."""
_WORD = 8
_FULL = 5
"""Lines a step gets that stands in the way; others get one."""
_LINES = {Verdict.BLOCKED: Stroke.DASHED, Verdict.UNKNOWN: Stroke.DOTTED}


def path_drawing(
    facts: Facts,
    found: PathVerdict,
    *,
    width: int = WIDTH,
    part: Part | None = None,
    veil: Veil | None = None,
) -> Drawing:
    """A path, by default of the client addresses that fare worst.

    A veil exchanges the texts before they are placed and cut.

    Unknown when: the trace is; the drawing shows where, and what the data leaves open is dotted.
    """
    chosen = part or leading(found)
    if chosen is None:
        return Drawing(width, 1, (), (), (Mark(0, 0, (Piece("Nothing was traced."),)),))
    drawer = _Drawer(facts, found, chosen, max(width, NARROWEST), veil or str)
    return drawer.drawing()


def leading(found: PathVerdict) -> Part | None:
    """The part that gives the verdict its headline."""
    for wanted in (Verdict.BLOCKED, Verdict.UNKNOWN, Verdict.ALLOWED):
        for part in found.parts:
            if part_verdict(part) is wanted:
                return part
    return None


class _Drawer:
    """Lays the places of a way out from top to bottom."""

    def __init__(
        self, facts: Facts, found: PathVerdict, part: Part, width: int, veil: Veil
    ) -> None:
        self._topology = facts.topology
        self._found = found
        self._veil = veil
        self._way = way_of(facts, found, part)
        self._width = width
        self._back = width - 1 - _THERE
        self._y = 0
        self._boxes: list[Box] = []
        self._marks: list[Mark] = []
        self._wires: list[Wire] = []
        self._stroke, self._tone = Stroke.SOLID, Tone.GOOD
        self._from = 0
        """The row the piece of the way at hand begins on."""

    def drawing(self) -> Drawing:
        """Headline, places, what stands between, the way back."""
        self._headline()
        for one in self._way.stops:
            if isinstance(one, Station):
                self._station(one)
            else:
                self._step(one)
        self._return()
        self._others()
        return Drawing(
            self._width, self._y, tuple(self._boxes), tuple(self._wires), tuple(self._marks)
        )

    def _say(self, x: int, *pieces: Piece) -> None:
        self._marks.append(Mark(x, self._y, pieces))
        self._y += 1

    def _headline(self) -> None:
        part = self._way.part
        self._say(0, verdict_piece(part_verdict(part)), *self._halves(part))

    def _halves(self, part: Part) -> Iterator[Piece]:
        """Name and network apart, with the code of what stands in the way."""
        for word, verdict, is_name in (
            ("name", dns_verdict(part), True),
            ("network", network_verdict(part), False),
        ):
            steps = tuple(one for one in part.steps if (one.stage is Stage.DNS) is is_name)
            code = first_code(steps)
            yield Piece(f"   {word} ", Tone.DIM)
            yield verdict_piece(verdict, "" if code == "OK" else code)

    # -- places ---------------------------------------------------------------------------------

    def _station(self, one: Station) -> None:
        is_device = one.kind is StationKind.DEVICE
        width = self._width - 2 * _THERE if is_device else self._width
        if one.kind is StationKind.SERVER:
            self._say_back()
        if one.kind is not StationKind.CLIENT:
            self._close(arrow=True)
        lines: list[tuple[Piece, ...]] = []
        if one.facts:
            lines.append((Piece(self._veil(", ".join(one.facts)), Tone.DIM),))
        for step in one.steps:
            lines += self._inside(step, width - 4)
        worst = min((SIGNS[step.verdict] for step in one.steps), default=Sign.NONE)
        is_bad = worst is Sign.BAD
        title = (Piece(f"{one.word} ", Tone.DIM), Piece(self._veil(one.name), Tone.STRONG))
        box = Box(
            key=f"{one.kind.value} {one.id or ''}",
            x=0,
            y=self._y,
            width=width,
            height=len(lines) + 2,
            border=Border.HEAVY if is_bad else Border.LIGHT,
            tone=worst.tone if worst in (Sign.BAD, Sign.UNKNOWN) else Tone.PLAIN,
            title=title,
            lines=tuple(lines),
        )
        self._boxes.append(box)
        self._y += box.height
        if one.kind is not StationKind.SERVER:
            self._from = self._y - 1
            self._wear(one.steps)

    def _inside(self, step: Step, width: int) -> list[tuple[Piece, ...]]:
        return [
            (Piece(front, tone), Piece(text, step_tone(step)))
            for front, tone, text in self._told(step, width)
        ]

    # -- what stands between --------------------------------------------------------------------

    def _step(self, step: Step) -> None:
        width = self._back - _THERE - 4
        for at, (front, tone, text) in enumerate(self._told(step, width)):
            if at == 0 and step.verdict is Verdict.BLOCKED:
                self._close(arrow=False)
                self._marks.append(Mark(_THERE, self._y, (Piece(Sign.BAD.shown(), Tone.BAD),)))
                self._from = self._y
            lead = "  " + front[2:] if step.verdict is Verdict.BLOCKED else front
            self._say(_THERE + 2, Piece(lead, tone), Piece(text, step_tone(step)))
        self._wear((step,))

    def _wear(self, steps: tuple[Step, ...]) -> None:
        """Go on in the stroke of the worst that was said so far."""
        for step in steps:
            stroke = _LINES.get(step.verdict)
            if stroke is None or self._stroke is Stroke.DASHED:
                continue
            if self._stroke is Stroke.SOLID and step.verdict is Verdict.UNKNOWN:
                self._close(arrow=False)
                self._from = max(self._from, self._y - 1)
            self._stroke = stroke
            self._tone = SIGNS[step.verdict].tone

    def _close(self, *, arrow: bool) -> None:
        """End the piece of the way that leads here."""
        if self._from < self._y:
            points = ((_THERE, self._from), (_THERE, self._y))
            self._wires.append(Wire(points, self._stroke, self._tone))
        if arrow:
            self._marks.append(Mark(_THERE, self._y - 1, (Piece("▼", self._tone),)))

    def _told(self, step: Step, width: int) -> list[tuple[str, Tone, str]]:
        """A step as lines: what stands in front, its tone, and the text beside it."""
        sign = SIGNS[step.verdict]
        front = f"{sign.shown()} {STAGE_WORDS[step.stage].brief:<{_WORD}}"
        most = 1 if step.verdict is Verdict.ALLOWED else _FULL
        room = max(width - len(front), 8)
        first, *rest = wrapped(self._veil(gist(self._topology, step, self._way.part)), room, most)
        blank = " " * len(front)
        return [(front, sign.tone, first), *((blank, sign.tone, one) for one in rest)]

    # -- the way back ---------------------------------------------------------------------------

    def _say_back(self) -> None:
        """The steps of the way back, beside the server they start from."""
        room = self._back - _THERE - 6
        for step in self._way.back:
            told = self._told(step, room)
            x = self._back - 1 - max(columns(front + text) for front, _, text in told)
            if step.verdict is Verdict.BLOCKED:
                mark = (Piece(Sign.BAD.shown(), Tone.BAD),)
                self._marks.append(Mark(self._back, self._y, mark))
            for front, tone, text in told:
                self._say(x, Piece(front, tone), Piece(text, step_tone(step)))

    def _return(self) -> None:
        client, server = self._boxes[0], self._boxes[-1]
        verdicts = [step.verdict for step in self._way.back]
        worst = min((SIGNS[one] for one in verdicts), default=Sign.GOOD)
        stroke = {Sign.BAD: Stroke.DASHED, Sign.UNKNOWN: Stroke.DOTTED}.get(worst, Stroke.SOLID)
        top = client.y + client.height - 1
        self._wires.append(Wire(((self._back, server.y), (self._back, top)), stroke, worst.tone))
        self._marks.append(Mark(self._back, top + 1, (Piece("▲", worst.tone),)))

    # -- other parts ----------------------------------------------------------------------------

    def _others(self) -> None:
        others = [one for one in self._found.parts if one is not self._way.part]
        if not others:
            return
        mine = self._veil(addresses(self._way.part.addresses.cidrs()))
        self._say(0, Piece(f"drawn for {mine}; beside it:", Tone.DIM))
        for one in others[:4]:
            text = self._veil(f"  {addresses(one.addresses.cidrs())}")
            self._say(2, verdict_piece(part_verdict(one)), Piece(text, Tone.DIM))
        if len(others) > 4:
            self._say(2, Piece(f"and {len(others) - 4} more parts", Tone.DIM))


def step_tone(step: Step) -> Tone:
    """How loud a step is said."""
    return Tone.PLAIN if step.verdict is Verdict.ALLOWED else SIGNS[step.verdict].tone
