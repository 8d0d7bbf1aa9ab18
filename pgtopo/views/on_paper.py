"""What is on the screen as a Markdown report: where it is from, what it says, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pgtopo.views.lines import Line
from pgtopo.views.markdown import block, code, escaped
from pgtopo.views.problem_page import WORDS
from pgtopo.views.source import badge

if TYPE_CHECKING:
    from pgtopo.views.workbench import Workbench

MOST = 500
"""Findings listed."""


def markdown(bench: Workbench, *, is_veiled: bool = False) -> str:
    """The report of the page on show and the findings listed."""
    from pgtopo import __version__

    desk = bench.desk
    page = bench.page()
    source = badge(desk.topology, desk.files)
    lines = [
        f"# {escaped(page.title) or 'The estate'}",
        "",
        f"- data: {escaped(source.text)}",
        f"- where: {escaped(' > '.join(bench.path()))}",
        f"- made by pgtopo {__version__} at {datetime.now(UTC):%Y-%m-%d %H:%M}Z",
    ]
    if source.partial:
        lines.append(f"- not read: {escaped(source.partial)}")
    if is_veiled:
        lines.append("- names and addresses are pseudonyms")
    lines += ["", f"## {page.tab.value}", "", *_page(page.lines)]
    lines += ["", "## Findings", "", *_findings(bench)]
    return "\n".join(lines) + "\n"


def _page(lines: Iterable[Line]) -> list[str]:
    """Lines as they stand, commands in code blocks."""
    made: list[str] = []
    for line in lines:
        text = "".join(piece.text for piece in line.pieces).rstrip()
        if line.copies:
            made += ["", *block([line.copies]), ""]
        elif text:
            made.append(f"{'  ' * (line.indent // 2)}- {escaped(text)}")
        else:
            made.append("")
    return made


def _findings(bench: Workbench) -> list[str]:
    problems = bench.desk.problems
    if not problems.is_complete:
        return ["The checks had not finished."]
    if not problems.all:
        return ["None."]
    made = []
    for one in problems.all[:MOST]:
        word = "suppressed" if one.suppressed_by else WORDS.get(one.sign, "")
        subject = bench.desk.spelled(one.subject)
        made.append(f"- **{word} {one.check.id}** {code(subject)}: {escaped(one.message)}")
    if len(problems.all) > MOST:
        made.append(f"- and {len(problems.all) - MOST:,} more")
    return made
