"""Writes the report of an incident: reading, hashing and writing files behind the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from pgtopo.tui.keeping import keep, replace, tilde

if TYPE_CHECKING:
    from pgtopo.triage.diagnosis import Diagnosis
    from pgtopo.views.desk import Desk
    from pgtopo.views.mask import Mask

_STEM = "pgtopo-incident"


class Reported(Message):
    """The report was written, or could not be."""

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note


class Job(NamedTuple):
    """One incident as it is to be written, whatever is done on the screen meanwhile."""

    desk: Desk
    found: Diagnosis
    file: str
    """The triage file it was taken up from; empty for a new one."""
    mask: Mask | None
    """What hides real names; then no triage file is written, as that would tell them."""

    def run(self) -> Reported:
        """Write the report as Markdown and as a page, and what takes the incident up again."""
        try:
            saved = [tilde(path) for path in self._written()]
        except OSError as error:
            return Reported(f"could not save the report: {error.strerror or error}")
        return Reported(f"saved {' and '.join(saved)}")

    def _written(self) -> Iterator[Path]:
        from pgtopo.reports.triage import as_html, as_markdown, state_file
        from pgtopo.reports.triage.files import fingerprints
        from pgtopo.reports.triage.report import report
        from pgtopo.views.style import Style

        refs = fingerprints(self.desk.files)
        made = report(self.desk.facts, self.found, refs)
        for suffix, render in ((".md", as_markdown.render), (".html", as_html.render)):
            text = render(made, Style()).decode()
            yield keep(_STEM, suffix, self.mask.text(text) if self.mask is not None else text)
        if self.mask is None:
            state = state_file.render(self.found.case, refs).decode()
            yield replace(Path(self.file), state) if self.file else keep(_STEM, ".json", state)
