"""A triage document with what only people read: the drawing, a text for chat, a support block."""

import msgspec

from pgtopo.analysis.facts import Facts
from pgtopo.reports.drawing.svg import svg
from pgtopo.reports.triage.document import TriageDocument, build
from pgtopo.triage.diagnosis import Diagnosis
from pgtopo.triage.state import SnapshotRef
from pgtopo.views.map.as_text import text_of
from pgtopo.views.map.path_drawing import path_drawing
from pgtopo.views.style import Style


class TriageReport(msgspec.Struct, frozen=True, kw_only=True):
    """One incident, ready to be written."""

    document: TriageDocument
    drawing: str = ""
    """The path as text; empty where an end is not known."""
    ascii_drawing: str = ""
    picture: str = ""
    """The path as SVG."""


def report(
    facts: Facts, found: Diagnosis, files: list[SnapshotRef], *, is_redacted: bool = False
) -> TriageReport:
    """The report of one incident, marked where the estate is under pseudonyms."""
    document = build(facts, found, files, is_redacted=is_redacted)
    if found.path is None:
        return TriageReport(document=document)
    drawing = path_drawing(facts, found.path)
    return TriageReport(
        document=document,
        drawing=text_of(drawing),
        ascii_drawing=text_of(drawing, Style(is_ascii=True)),
        picture=svg(drawing, "The path, drawn"),
    )
