"""The part of the app that takes up an incident from a triage file, and keeps it there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from pgtopo.errors import PgtopoError
from pgtopo.tui import layout
from pgtopo.tui.behind import behind
from pgtopo.tui.benches import has_triage
from pgtopo.tui.probing import Probing
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.triage.case import Case


class Resumed(Message):
    """A triage file was read; without a case it could not be."""

    def __init__(self, path: str, case: Case | None, note: str) -> None:
        super().__init__()
        self.path = path
        self.case = case
        self.note = note


class Resuming(Probing):
    """Opens triage files, and writes them again."""

    triage_file: str = ""
    """The file to be taken up once an estate is on show; empty for none."""

    def estate_shown(self) -> None:
        """Take up the incident that was asked for, once."""
        path, self.triage_file = self.triage_file, ""
        if path:
            self._take_up(path)

    def action_open_triage(self) -> None:
        """Ask for a triage file, and take up its incident."""
        if self.bench is None:
            self.say("open an estate first")
        else:
            self.ask("Which triage file?", "", lambda text: self._take_up(text.strip()))

    def _take_up(self, path: str) -> None:
        bench = self.bench
        if bench is None or not path:
            return
        files = bench.desk.files

        def job() -> Resumed:
            from pgtopo.reports.triage.files import fingerprints
            from pgtopo.triage.state import parse

            place = Path(path).expanduser()
            try:
                state = parse(place.read_bytes(), path)
            except PgtopoError as error:
                return Resumed(path, None, error.message)
            except (OSError, ValueError, RuntimeError) as error:
                told = error.strerror if isinstance(error, OSError) else ""
                return Resumed(path, None, f"{path}: {told or 'cannot be read'}")
            begun_with = {one.sha256 for one in state.snapshot}
            others = [one.path for one in fingerprints(files) if one.sha256 not in begun_with]
            note = f"took up {path}"
            if others and begun_with:
                note = f"{others[0]} is not the data this triage was begun with"
            return Resumed(str(place), state.case, note)

        behind(self, job, "triage file")

    def on_resumed(self, message: Resumed) -> None:
        """Show the incident with everything that was said of it."""
        bench = self.bench
        if message.case is not None and has_triage(bench):
            bench.resume(message.case, message.path)
            bench.go(View.TRIAGE)
            self.to_front(layout.LEFT)
        self.say(message.note)
