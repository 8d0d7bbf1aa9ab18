"""Reads files and runs the checks behind the screen; tells the app by messages.

Whatever takes time to import is imported here, behind the first screen.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.message import Message

from pgtopo.errors import Cancelled, PgtopoError
from pgtopo.model.settings import Settings
from pgtopo.tui import reclaiming
from pgtopo.views.loading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from pgtopo.session import Session
    from pgtopo.sources.progress import Progress
    from pgtopo.tui.checking import Checked
    from pgtopo.views.desk import Desk
    from pgtopo.views.judgement import Judgement
    from pgtopo.views.mask import Mask

TELL_S = 0.5
"""How often the screen is told how far the checks are."""

_LATEST_S = 0.5
"""When reading begins at the latest, first frame or not."""

SWITCH_S = 0.0005
"""How often the interpreter lets the screen have its turn while a file is read."""


class Advanced(Message):
    """Reading has come further."""

    def __init__(self, work: Reading) -> None:
        super().__init__()
        self.work = work


class Opened(Message):
    """The estate can be shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


class Checking(Message):
    """So many checks have run."""

    def __init__(self, done: int, total: int, slug: str, seconds: float) -> None:
        super().__init__()
        self.text = f"checks: {done} of {total} after {seconds:.0f} s, now {slug}"


class Judged(Message):
    """The checks have run."""

    def __init__(self, desk: Desk, judgement: Judgement, note: str) -> None:
        super().__init__()
        self.desk = desk
        self.judgement = judgement
        self.note = note


class Failed(Message):
    """The files cannot be used, or reading was cancelled."""

    def __init__(self, file: str, error: PgtopoError) -> None:
        super().__init__()
        self.file = file
        self.error = error


class Crashed(Message):
    """Something broke that is no fault of the files."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


class Opening:
    """One attempt to open files."""

    def __init__(
        self,
        app: App[None],
        files: tuple[str, ...],
        *,
        assume_complete: bool,
        settings: Settings | None = None,
        select: tuple[str, ...] = (),
    ) -> None:
        self._settings = settings
        self._select = select
        self._app = app
        self.files = files
        self._assume_complete = assume_complete
        self._started = time.monotonic()
        self._is_cancelled = False
        self._has_begun = False
        self.is_running = True
        self.mask: Mask | None = None
        """Pseudonyms for what was read, where pseudonyms are what is shown."""

    def start(self) -> None:
        """Say what is read, then read it in a thread that never outlives the program.

        What reading takes to import would keep the first frame waiting.
        """
        self._app.post_message(Advanced(Reading(self.name)))
        self._app.call_after_refresh(self._begin)
        # A dialog that is opened at once keeps the screen below it from being drawn.
        self._app.set_timer(_LATEST_S, self._begin)

    def _begin(self) -> None:
        if self._has_begun:
            return
        self._has_begun = True
        threading.Thread(target=self._run, name="opening", daemon=True).start()

    @property
    def name(self) -> str:
        """The file, or how many there are."""
        if len(self.files) == 1:
            return Path(self.files[0]).name
        return f"{len(self.files)} files"

    def cancel(self) -> None:
        """Stop as soon as possible."""
        self._is_cancelled = True

    def _run(self) -> None:
        before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_S)
        try:
            reclaiming.reclaim()
            self._open()
        except PgtopoError as error:
            self._app.post_message(Failed(self.name, error))
        except BaseException as crash:  # noqa: BLE001  handed to the app, which raises it
            self._app.post_message(Crashed(crash))
        finally:
            self.is_running = False
            sys.setswitchinterval(before)

    def _open(self) -> None:
        from pgtopo.session import open_files

        session = open_files(
            self.files,
            assume_complete=self._assume_complete,
            settings=self._settings,
            progress=self._advanced,
        )
        self._stop_where_cancelled()
        self._show(session, Opened)

    def _show(self, session: Session, announce: Callable[[Desk], Message]) -> None:
        """Put an estate on the screen, then run the checks on it."""
        reclaiming.remember(session.topology)
        # So that the screen need not wait for them.
        import pgtopo.tui.furniture
        import pgtopo.views.changes.bench  # noqa: F401
        from pgtopo.views.desk import Desk
        from pgtopo.views.groupings import Grouping

        raw = session.rows.shown if session.rows is not None else None
        workshop = session if session.rows is not None else None
        notes = (*session.notes, *session.stray_clients())
        desk = Desk(session.facts, files=self.files, notes=notes, raw=raw, workshop=workshop)
        desk.rollup(Grouping.NETWORK)
        if getattr(self._app, "is_veiled", False):
            from pgtopo.views.mask import Mask

            # Before it is shown, so that neither a real name is seen nor the screen waits.
            self.mask = Mask(session.topology)
        reclaiming.settle()
        self._app.post_message(announce(desk))
        for grouping in Grouping:
            # So that no key that is pressed while the checks run waits for a tree or its texts.
            desk.rollup(grouping)
            desk.texts(grouping)
        reclaiming.settle()
        from pgtopo.tui import suppressions
        from pgtopo.views.judgement import judge

        findings, crashes = self._checked(session)
        known, note = suppressions.known()
        note = f"{crashes} checks crashed: please report it" if crashes else note
        judgement = judge(desk, findings, known, suppressions.today())
        self._app.post_message(Judged(desk, judgement, note))
        reclaiming.settle()

    def _checked(self, session: Session) -> Checked:
        from pgtopo.tui.checking import checked

        began = time.monotonic()
        told = 0.0

        def tell(done: int, total: int, slug: str) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= TELL_S:
                told = now
                self._app.post_message(Checking(done, total, slug, now - began))

        return checked(session, self._select, tell)

    def _advanced(self, progress: Progress) -> bool:
        work = Reading(
            Path(progress.file).name,
            progress.bytes_done,
            progress.bytes_total,
            progress.rows,
            time.monotonic() - self._started,
        )
        self._app.post_message(Advanced(work))
        return not self._is_cancelled

    def _stop_where_cancelled(self) -> None:
        if self._is_cancelled:
            raise Cancelled("loading was cancelled")
