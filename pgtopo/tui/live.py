"""The part of the app that shows live data: asking, refreshing, asking for the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.widgets import Input

from pgtopo.errors import PgtopoError
from pgtopo.tui.bar import Bar, Chunk, chunk
from pgtopo.tui.keys import Where
from pgtopo.tui.live_opening import Heard, LiveOpening, LookOpened, Shown, Unasked
from pgtopo.tui.live_saving import LiveSaving
from pgtopo.tui.live_start import Setup
from pgtopo.tui.opening import Opened
from pgtopo.tui.panes.document import Document
from pgtopo.views.lines import Piece, Tone, piece
from pgtopo.views.live import progress as telling

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Request
    from pgtopo.views.desk import Desk

__all__ = ["AGING_S", "Live", "Setup"]

AGING_S = 15.0
"""How often the age in the corner is looked at."""

_WAITS = "Newer data is here; it is shown when what-if is left (W)"


class Live(LiveSaving):
    """What the app does about live data."""

    request: Request | None = None
    """What was asked last."""
    waiting: LookOpened | None = None
    """A result that is shown once what-if is left."""
    told: tuple[Piece, ...] = ()
    """What the line below the header says."""

    # -- asking -------------------------------------------------------------------------------

    def ask_azure(
        self, request: Request, *, shown: Shown | None = None, retried: bytes = b""
    ) -> None:
        """Ask Azure behind the screen; what is on show stays until the answer is there."""
        from pgtopo.sources.cache.store import Store

        if self.live.store is None:
            self.live = self.live._replace(store=Store(None))
        if isinstance(self.opening, LiveOpening):
            self.opening.cancel()
        self.request = request
        asking = LiveOpening(
            self,
            request,
            self.live.store or Store(None),
            settings=self.verdicts,
            select=self.select,
            shown=shown,
            retried=retried,
            timing=self.live.timing,
        )
        self.opening = asking
        asking.start()

    @property
    def asking(self) -> LiveOpening | None:
        """The asking that goes on."""
        found = self.opening
        return found if isinstance(found, LiveOpening) and found.is_asking else None

    def action_refresh(self) -> None:
        """Read everything anew, and tell what changed."""
        if self.asking is not None:
            self._tell("a refresh is under way; esc stops it")
        elif self.bench is None:
            if self.request is not None:
                self.ask_azure(self.request)
        elif self.look is not None:
            self.ask_azure(self.look.request, shown=self._shown())
        else:
            super().action_refresh()

    def action_retry(self) -> None:
        """Ask again for what could not be read."""
        look = self.look
        if self.asking is not None:
            self._tell("a refresh is under way; esc stops it")
        elif self.bench is None or look is None or (look.is_stale and not look.lacks):
            self.action_refresh()
        elif not look.lacks:
            self._tell("all that was asked for was read; r reads it anew")
        else:
            self.ask_azure(look.request, shown=self._shown(), retried=look.snapshot)

    def _shown(self) -> Shown | None:
        if self.bench is None:
            return None
        bench = self.real or self.bench
        print_ = self.look.fingerprint if self.look is not None else ""
        pair = bench.ends.pair
        return Shown(topology=bench.desk.topology, pair=pair, fingerprint=print_)

    def take_back(self) -> bool:
        """Stop the asking that goes on, or take away what it said; False where there is neither.

        The screen is free at once: what was under way ends behind it.
        """
        asking = self.asking
        if asking is not None:
            self._stop(asking)
        elif self.bench is None and isinstance(self.opening, LiveOpening):
            self.show_start()
        elif self.bench is not None and self.told:
            self.show_line(())
        else:
            return False
        return True

    def _stop(self, asking: LiveOpening) -> None:
        asking.cancel()
        if self.bench is None:
            lines = telling.stopping(asking.name, asking.progress)
            self.query_one("#notice", Document).show(lines)
            self._only("notice")
        else:
            self.show_line((Piece("Refresh stopped; r starts it again", Tone.DIM),))

    # -- what comes of it ---------------------------------------------------------------------

    def on_heard(self, message: Heard) -> None:
        """Say how far the asking is."""
        asking = message.asking
        if asking is not self.opening or asking.is_stopped or not self.is_up:
            return
        if self.bench is not None:
            self.show_line(telling.in_short(asking.progress, asking.code))
            return
        notice = self.query_one("#notice", Document)
        lines = telling.asking(asking.name, asking.progress, asking.code)
        notice.show(lines, keep_place=True)
        if not notice.has_focus:
            self._only("notice")

    def on_look_opened(self, message: LookOpened) -> None:
        """Show a result; where one was on show, the user stays where they were."""
        if message.asking is not self.opening or not self.is_up:
            return
        if self.bench is not None and self.holds_still:
            self.waiting = message
            self.show_line((Piece(_WAITS),))
            return
        self.waiting = None
        if message.desk is not None:
            self._show_desk(message.desk)
        self.look, self.failure = message.look, 0
        self.age()
        self.show_line((piece(message.look.told),) if message.look.told else ())

    def _show_desk(self, desk: Desk) -> None:
        focused, front = self.focused, self.front
        self.is_refreshing = had_bench = self.bench is not None
        self.on_opened(Opened(desk))
        if had_bench:
            self.to_front(front)
            if isinstance(focused, Input):
                focused.focus()

    @property
    def holds_still(self) -> bool:
        """Whether the estate on show must not be replaced: changes to it are tried on a copy."""
        return self.is_trying

    def on_unasked(self, message: Unasked) -> None:
        """Say why there is no new result."""
        asking, error = message.asking, message.error
        if asking is not self.opening or not self.is_up:
            return
        self.failure = error.exit_code if error is not None else 0
        if self.bench is not None:
            if error is not None:
                self.show_line(_failure(error))
            return
        lines = (
            telling.stopped(asking.name)
            if error is None
            else telling.failed(asking.name, error.message, error.hint)
        )
        self.query_one("#notice", Document).show(lines)
        self._only("notice", Where.STOPPED)

    # -- the frame ----------------------------------------------------------------------------

    def show_line(self, pieces: tuple[Piece, ...]) -> None:
        """Say something below the header; nothing takes the line away."""
        self.told = pieces
        line = self.query_one("#live", Bar)
        line.set_class(bool(pieces) and self.bench is not None, "on")
        keys = [chunk(" esc", Tone.CODE, "cancel")]
        if self.asking is None and self.look is not None and self.look.lacks:
            keys = [chunk(" R", Tone.CODE, "retry"), chunk(" asks for the rest", Tone.DIM), *keys]
        line.show([Chunk((one,)) for one in pieces], keys)

    def age(self) -> None:
        """Bring the age in the corner up to now, and show what had to wait."""
        from pgtopo.views.live.badge import live_badge

        if self.waiting is not None and not self.holds_still:
            self.on_look_opened(self.waiting)
        if self.look is None or self.bench is None:
            return
        look, now = self.look, datetime.now(UTC)
        topology = self.bench.desk.topology
        made = live_badge(topology, look.created_at, now, is_stale=look.is_stale)
        if made != self.badge:
            self.badge = made
            self.paint_around()

    def _tell(self, text: str) -> None:
        if self.bench is not None:
            self.say(text)

    def show_start(self) -> None:
        """The start screen; what is under way for another one is not waited for."""
        if isinstance(self.opening, LiveOpening):
            self.opening.cancel()
            self.opening = None
        self.look = None
        self.show_line(())
        super().show_start()


def _failure(error: PgtopoError) -> tuple[Piece, ...]:
    hint = f" ({error.hint})" if error.hint else ""
    return (Piece("Not refreshed: ", Tone.BAD), piece(f"{error.message}{hint}; r tries again"))
