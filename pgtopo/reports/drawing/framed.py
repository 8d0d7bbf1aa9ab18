"""A drawing with a title above it, and below it what its wires mean."""

from pgtopo.reports.drawing.document import Picture
from pgtopo.views.lines import Piece, Tone
from pgtopo.views.map.caption import legend
from pgtopo.views.map.drawing import Drawing, Mark
from pgtopo.views.map.words import wrapped

_HEAD = 2


def framed(picture: Picture) -> Drawing:
    """The drawing moved down below its title, with notes and legend."""
    inner = picture.drawing
    notes = [line for note in picture.notes for line in wrapped(f"? {note}", inner.width, 3)]
    top = _HEAD + len(notes)
    made = f"   data of {picture.made}" if picture.made else ""
    marks = [Mark(0, 0, (Piece(picture.title, Tone.STRONG), Piece(made, Tone.DIM)))]
    marks += [Mark(0, 1 + at, (Piece(line, Tone.UNKNOWN),)) for at, line in enumerate(notes)]
    marks += [one._replace(y=one.y + top) for one in inner.marks]
    bottom = top + inner.height + 1
    marks.append(Mark(0, bottom, legend(inner.width, is_path=picture.graph.is_path)))
    return Drawing(
        inner.width,
        bottom + 1,
        tuple(one._replace(y=one.y + top) for one in inner.boxes),
        tuple(
            one._replace(points=tuple((x, y + top) for x, y in one.points)) for one in inner.wires
        ),
        tuple(marks),
    )
