"""Reads another snapshot behind the screen and compares it; tells the app by messages."""

from __future__ import annotations

import os
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual.app import App
from textual.message import Message

from pgtopo.errors import Cancelled, PgtopoError
from pgtopo.tui import reclaiming

if TYPE_CHECKING:
    from pgtopo.analysis.facts import Facts
    from pgtopo.checks.comparison import Comparison
    from pgtopo.checks.finding import Finding
    from pgtopo.session import Session
    from pgtopo.sources.progress import Progress
    from pgtopo.views.desk import Desk

_TELL_EVERY = 8
"""Checks after which the screen is told how far they are."""


class Compared(Message):
    """Two snapshots were compared."""

    def __init__(self, job: Job, found: Comparison, names: tuple[str, str]) -> None:
        super().__init__()
        self.job = job
        self.found = found
        self.names = names


class CompareAdvanced(Message):
    """The comparing has come further."""

    def __init__(self, job: Job, text: str) -> None:
        super().__init__()
        self.job = job
        self.text = text


class NotCompared(Message):
    """The other snapshot cannot be used."""

    def __init__(self, job: Job, why: str) -> None:
        super().__init__()
        self.job = job
        self.why = why


class Side(NamedTuple):
    """One of two looks that are compared."""

    facts: Facts
    findings: tuple[Finding, ...]
    name: str
    """Of its files."""


class Job:
    """One comparing of the estate on show with another snapshot."""

    def __init__(
        self,
        app: App[None],
        desk: Desk,
        file: str,
        *,
        assume_complete: bool = False,
        select: tuple[str, ...] = (),
        is_swapped: bool = False,
    ) -> None:
        self._app = app
        self.desk = desk
        self.file = file
        self._assume_complete = assume_complete
        self._select = select
        self.is_stopped = False
        self.is_swapped = is_swapped
        """Whether the other one is the earlier than would be guessed where times do not say."""
        self._sides: tuple[Side, Side] | None = None
        """The estate on show and the other one, once both are read."""

    def swapped(self) -> Job:
        """The same two the other way round; neither is read again."""
        made = copy(self)
        made.is_swapped, made.is_stopped = not self.is_swapped, False
        return made

    @property
    def name(self) -> str:
        """The other file's name."""
        return Path(self.file).name

    def run(self) -> Message:
        """Read, check and compare; what came of it."""
        try:
            return self._run()
        except Cancelled:
            return NotCompared(self, "")
        except PgtopoError as error:
            hint = f" ({error.hint})" if error.hint else ""
            return NotCompared(self, f"{error.message}{hint}")

    def _run(self) -> Compared:
        from pgtopo.checks.comparison import compare
        from pgtopo.views.changes.changes import is_order_known

        own, other = self._sides = self._sides or self._both()
        self._tell("Comparing every pair of client subnet and server ...")
        own_look, other_look = own.facts.topology, other.facts.topology
        earlier, later = other, own
        if other_look.created_at > own_look.created_at:
            earlier, later = own, other
        if self.is_swapped and not is_order_known(own_look, other_look):
            earlier, later = later, earlier
        found = compare(earlier.facts, later.facts, earlier.findings, later.findings)
        return Compared(self, found, (earlier.name, later.name))

    def _both(self) -> tuple[Side, Side]:
        from pgtopo.session import open_files

        desk = self.desk
        reclaiming.reclaim()
        session = open_files(
            [os.path.expanduser(self.file)],  # noqa: PTH111  Path raises where nobody is called so
            assume_complete=self._assume_complete,
            settings=desk.facts.settings,
            progress=self._read,
        )
        reclaiming.remember(session.topology)
        own, other = _told_apart(desk.files, self.file)
        return (
            Side(desk.facts, tuple(desk.findings.values()), own),
            Side(session.facts, self._checked(session), other),
        )

    def _checked(self, session: Session) -> tuple[Finding, ...]:
        from pgtopo.tui.checking import checked

        def tell(done: int, total: int, _slug: str) -> None:
            if done % _TELL_EVERY == 0:
                self._tell(f"Checking {self.name}: {done} of {total} checks")

        return checked(session, self._select, tell).findings

    def _read(self, progress: Progress) -> bool:
        share = f" {progress.bytes_done / progress.bytes_total:.0%}" if progress.bytes_total else ""
        self._tell(f"Reading {self.name}{share}")
        return not self.is_stopped

    def _tell(self, text: str) -> None:
        if self.is_stopped:
            raise Cancelled("comparing was stopped")
        self._app.post_message(CompareAdvanced(self, text))


def _told_apart(files: tuple[str, ...], other: str) -> tuple[str, str]:
    """The names of the files on show and of the other one, with their folders where needed."""
    names = [Path(one).name for one in files]
    if Path(other).name not in names:
        return ", ".join(names), Path(other).name
    return ", ".join("/".join(Path(one).parts[-2:]) for one in files), "/".join(
        Path(other).parts[-2:]
    )
