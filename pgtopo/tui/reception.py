"""The part of the app that opens files and says how that goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pgtopo.errors import Cancelled
from pgtopo.model.settings import Settings
from pgtopo.tui import frame, layout
from pgtopo.tui.answers import Answers
from pgtopo.tui.bar import Bar
from pgtopo.tui.keys import Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.opening import Advanced, Checking, Crashed, Failed, Judged, Opened, Opening
from pgtopo.tui.pane import Pane
from pgtopo.tui.panes.document import Document
from pgtopo.tui.panes.start import StartList
from pgtopo.views import loading
from pgtopo.views.start import start_rows

if TYPE_CHECKING:
    from pgtopo.views.desk import Desk
    from pgtopo.views.source import Badge


class Reception(Answers):
    """Start screen, loading screen, error screen, and the way from there to an open estate."""

    assume_complete: bool = False
    verdicts: Settings | None = None
    select: tuple[str, ...] = ()
    """The checks to run, by id, slug or family; all where empty."""
    offers: tuple[str, tuple[str, ...]] = ("", ())
    """The demo's path and recent files, for the start screen."""
    opening: Opening | None = None
    badge: Badge | None = None
    bare_place: Where = Where.START
    """Which keys work while no estate is open."""
    is_banner_off: bool = False
    is_refreshing: bool = False
    """Whether what is being read takes the place of what is on show."""
    failure: int = 0
    """The exit code of a file that could not be opened; 0 where one was."""

    def open(self, files: tuple[str, ...]) -> None:
        """Read files behind the screen."""
        self.opening = Opening(
            self,
            files,
            assume_complete=self.assume_complete,
            settings=self.verdicts,
            select=self.select,
        )
        self.opening.start()

    def action_refresh(self) -> None:
        """Read the files again; what is on the screen stays until they are read."""
        if self.bench is None or (self.opening is not None and self.opening.is_running):
            return
        if self.is_trying:
            self.say("leave what-if first: W")
        elif self.bench.desk.files:
            self.say("reading the files again ...")
            self.is_refreshing = True
            self.open(self.bench.desk.files)

    def show_start(self) -> None:
        """The start screen."""
        self.bench = None
        self.query_one("#start", StartList).show(start_rows(*self.offers))
        self._only("start")

    def _only(self, name: str, keys: Where = Where.LOADING) -> None:
        """Show one pane across the whole width."""
        for pane in self.query(Pane):
            pane.set_class(pane.id == f"{name}-pane", "on")
            pane.set_class(pane.id == f"{name}-pane", "alone")
        self.query_one(f"#{name}", LineList).focus()
        self.query_one("#where", Bar).show(frame.bare_header())
        self.bare_place = Where.START if name == "start" else keys
        width = self.size.width
        self.query_one("#keys", Bar).show(frame.keys_line(self.bare_place, width))

    def on_advanced(self, message: Advanced) -> None:
        """Say how far reading has come."""
        if self.bench is None:
            notice = self.query_one("#notice", Document)
            notice.show(loading.loading(message.work), keep_place=True)
            if not notice.has_focus:
                self._only("notice")

    def on_opened(self, message: Opened) -> None:
        """Show the estate; the checks still run."""
        from pgtopo.tui.recent import remember
        from pgtopo.views.changes.bench import ChangesBench
        from pgtopo.views.source import badge

        desk = message.desk
        remember(desk.files)
        self.real = self.trial = self.outlook = self.in_making = None
        self.is_trying = False
        before, self.bench = self.bench, ChangesBench(desk)
        if before is not None and self.is_refreshing:
            self.bench.take_place_of(before)
        self._mask_anew(desk)
        self.is_refreshing = False
        self.failure = 0
        self.badge = badge(desk.topology, desk.files)
        self.is_banner_off = False
        self.to_front(layout.LEFT)
        self.estate_shown()

    def _mask_anew(self, desk: Desk) -> None:
        """Hide the names of another estate, too, where names are hidden."""
        self.mask = None
        if self.is_veiled:
            from pgtopo.views.mask import Mask

            made = self.opening.mask if self.opening is not None else None
            is_made = made is not None and made.has_learned(desk.topology)
            self.mask = made if made is not None and is_made else Mask(desk.topology)
            for other in self.bench.topologies if self.bench is not None else ():
                self.mask.learn(other)

    def on_checking(self, message: Checking) -> None:
        """Say how far the checks are."""
        if self.bench is not None:
            self.bench.checking = message.text
            self.paint_around()

    def on_judged(self, message: Judged) -> None:
        """Show what the checks say."""
        for bench in (self.bench, self.real):
            if bench is not None and bench.desk is message.desk:
                bench.settle(message.judgement)
                self.note = message.note or self.note
                self.paint()

    def on_failed(self, message: Failed) -> None:
        """Say why a file could not be opened."""
        error = message.error
        is_stopped = isinstance(error, Cancelled)
        if self.is_refreshing and self.bench is not None:
            self.is_refreshing = False
            self.say(f"not read again, this is as it was: {error.message}")
            return
        self.failure = 0 if is_stopped else error.exit_code
        lines = (
            loading.cancelled(message.file)
            if is_stopped
            else loading.failed(message.file, error.message, error.hint)
        )
        self.query_one("#notice", Document).show(lines)
        self._only("notice", Where.STOPPED)

    def on_crashed(self, message: Crashed) -> None:
        """A fault of pgtopo itself ends the program with its trace."""
        raise message.error
