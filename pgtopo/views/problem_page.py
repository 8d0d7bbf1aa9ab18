"""A finding in full, and findings in brief."""

import json
from collections.abc import Iterable

from pgtopo.analysis.verdict import Evidence
from pgtopo.model.topology import Topology
from pgtopo.views.labels import full_name
from pgtopo.views.lines import (
    BLANK,
    Line,
    Piece,
    Tone,
    command,
    piece,
    title,
    to_problem,
    to_resource,
)
from pgtopo.views.literal import printable
from pgtopo.views.overview.writing import Page
from pgtopo.views.problems import Problem
from pgtopo.views.signs import Sign

WORDS = {Sign.BAD: "ERROR", Sign.RISK: "WARNING", Sign.INFO: "INFO", Sign.UNKNOWN: "UNKNOWN"}
"""The word beside each sign of a finding."""

_NO_VALUE = "(absent)"


def head(problem: Problem) -> tuple[Piece, ...]:
    """Sign, word and title of a finding."""
    word = f"{problem.sign.shown()} {WORDS.get(problem.sign, '')}  "
    return Piece(word, problem.sign.tone), piece(problem.check.title, Tone.STRONG)


def brief(problems: tuple[Problem, ...], topology: Topology, most: int = 200) -> tuple[Line, ...]:
    """Findings as a list that opens: one line of what, one of where."""
    lines: list[Line] = []
    for problem in problems[:most]:
        if lines:
            lines.append(BLANK)
        target = to_problem(problem.key)
        lines.append(Line(head(problem), 0, target))
        lines.append(Line((piece(problem.message),), 2, target))
        lines.append(
            Line(
                (Piece(full_name(topology, problem.subject), Tone.LINK),),
                2,
                to_resource(problem.subject),
            )
        )
    if len(problems) > most:
        lines.append(Line((Piece(f"and {len(problems) - most:,} more: press 2", Tone.DIM),)))
    return tuple(lines)


def page(problem: Problem, topology: Topology) -> tuple[Line, ...]:
    """Everything there is to say about a finding."""
    sheet = Page(topology)
    sheet.lines.append(Line(head(problem)))
    sheet.lines.append(BLANK)
    sheet.say(problem.message)
    if problem.suppressed_by:
        sheet.say(f"Suppressed: {problem.suppressed_by}", Tone.DIM)
    sheet.lines.append(BLANK)
    sheet.ref("About", problem.subject)
    if problem.cause != problem.subject:
        sheet.ref("To be mended", problem.cause)
    known = (problem.subject, problem.cause)
    sheet.refs("Concerns", [one for one in problem.related if one not in known])
    sheet.fact("Check", f"{problem.check.id} {problem.check.slug}")
    if not problem.is_unknown:
        sheet.fact("Certainty", "certain" if problem.is_certain else "likely")
    if problem.settle_with:
        sheet.head("What would settle it")
        sheet.lines.append(command(problem.settle_with, 0))
    sheet.lines += _sections(one for one in problem.check.sections if one[0] in _FIRST)
    _evidence(sheet, problem.evidence)
    return sheet.done()


_FIRST = ("Why it matters", "What a client sees")
"""What is told before evidence and fix."""
_CONFIRM = "How to confirm it"


def texts(problem: Problem) -> tuple[Line, ...]:
    """What else the check of a finding says about itself: how to confirm it first."""
    rest = [one for one in problem.check.sections if one[0] not in _FIRST]
    return _sections(sorted(rest, key=lambda one: one[0] != _CONFIRM))


def _sections(sections: Iterable[tuple[str, str, bool]]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for heading, text, is_command in sections:
        lines += [BLANK, title(heading)]
        for one in text.splitlines():
            lines.append(command(one, 0) if is_command else Line((piece(one),)))
    return tuple(lines)


def _evidence(sheet: Page, evidence: tuple[Evidence, ...]) -> None:
    if not evidence:
        return
    sheet.head("Evidence")
    for one in evidence:
        name = full_name(sheet.topology, one.resource)
        sheet.lines.append(Line((Piece(name, Tone.LINK),), 0, to_resource(one.resource)))
        shown = (piece(f"{one.property} = ", Tone.DIM), piece(value_text(one.value)))
        sheet.lines.append(Line(shown, 2, None, "", 2))


def value_text(value: object) -> str:
    """The value of a property as it would stand in the row."""
    if value is None:
        return _NO_VALUE
    if isinstance(value, str):
        return f'"{value}"'
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        return printable(repr(value))
