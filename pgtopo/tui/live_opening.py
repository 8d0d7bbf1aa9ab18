"""Asks Azure behind the screen: first what was kept, then what is there now."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from textual.app import App
from textual.message import Message

from pgtopo.errors import PgtopoError, UsageError
from pgtopo.tui.opening import Crashed, Opening
from pgtopo.views.live.naming import label
from pgtopo.views.signs import count

if TYPE_CHECKING:
    from pgtopo.model.settings import Settings
    from pgtopo.model.topology import Topology
    from pgtopo.session import Session
    from pgtopo.sources.azure.pacing import Timing
    from pgtopo.sources.azure.request import Collected, DeviceCode, Progress, Request
    from pgtopo.sources.cache.store import Store
    from pgtopo.views.desk import Desk
    from pgtopo.views.detail import Pair


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """One result of asking Azure, as it is on show."""

    request: Request
    created_at: str
    """When Azure was asked."""
    fingerprint: str
    """The same for results that differ in their time only."""
    snapshot: bytes
    """The packed snapshot, to be saved or continued."""
    is_stale: bool = False
    """It was kept from an earlier run."""
    is_stopped: bool = False
    """The user stopped it before all was read."""
    open_parts: int = 0
    """Parts that could not be read."""
    told: str = ""
    """What there is to know about it, in one line."""

    @property
    def lacks(self) -> bool:
        """Whether asking for the rest may bring something."""
        return bool(self.open_parts) or self.is_stopped


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is on show while Azure is asked again."""

    topology: Topology
    pair: Pair | None = None
    """The path the user asked for."""
    fingerprint: str = ""


class OfAsking(Message):
    """Something about asking Azure; counts only while that asking is the latest."""

    def __init__(self, asking: LiveOpening) -> None:
        super().__init__()
        self.asking = asking


class Heard(OfAsking):
    """Azure answered something, or asks for a login."""


class LookOpened(OfAsking):
    """A result can be shown; without a desk where it is what is on show already."""

    def __init__(self, asking: LiveOpening, look: Look, desk: Desk | None) -> None:
        super().__init__(asking)
        self.look = look
        self.desk = desk


class Unasked(OfAsking):
    """Nothing came of it: stopped by the user where there is no error."""

    def __init__(self, asking: LiveOpening, error: PgtopoError | None) -> None:
        super().__init__(asking)
        self.error = error


class LiveOpening(Opening):
    """One attempt to ask Azure."""

    def __init__(
        self,
        app: App[None],
        request: Request,
        store: Store,
        *,
        settings: Settings | None = None,
        select: tuple[str, ...] = (),
        shown: Shown | None = None,
        retried: bytes = b"",
        timing: Timing | None = None,
    ) -> None:
        super().__init__(app, (), assume_complete=False, settings=settings, select=select)
        self.request = request
        self._store = store
        self._shown = shown
        """What is on show; None where what was kept should be looked for first."""
        self._retried = retried
        """A packed snapshot of which only what is missing is asked for."""
        self._timing = timing
        self._stop = threading.Event()
        self._is_answered = False
        self.progress: Progress | None = None
        self.code: DeviceCode | None = None

    @property
    def name(self) -> str:
        """What is asked for."""
        return label(self.request)

    @property
    def is_asking(self) -> bool:
        """Whether the answer is still to come, and wanted."""
        return self.is_running and not self._is_answered and not self.is_stopped

    @property
    def is_stopped(self) -> bool:
        """Whether the user stopped it."""
        return self._stop.is_set()

    def start(self) -> None:
        """Begin in a thread that never outlives the program."""
        self._app.post_message(Heard(self))
        threading.Thread(target=self._run, name="asking", daemon=True).start()

    def cancel(self) -> None:
        """Stop as soon as possible."""
        super().cancel()
        self._stop.set()

    def _open(self) -> None:
        try:
            if self._shown is None:
                self._show_kept()
            self._ask()
        except PgtopoError as error:
            self._is_answered = True
            self._app.post_message(Unasked(self, error))

    # -- what was kept ------------------------------------------------------------------------

    def _show_kept(self) -> None:
        """Show the last result of the same scope at once, where there is one."""
        from pgtopo.session import open_held
        from pgtopo.sources.cache.store import key_of

        kept = self._store.get(key_of(self.request))
        if kept is None:
            return
        try:
            session = open_held(self.name, kept.snapshot, settings=self._settings)
        except PgtopoError:
            return
        about = kept.about
        look = Look(
            request=self.request,
            created_at=about.created_at,
            fingerprint=about.fingerprint,
            snapshot=kept.snapshot,
            is_stale=True,
        )
        self._shown = Shown(topology=session.topology, fingerprint=about.fingerprint)
        show = partial(self._show, session, partial(LookOpened, self, look))
        threading.Thread(target=self._quietly, args=(show,), name="kept", daemon=True).start()

    def _quietly(self, show: partial[None]) -> None:
        try:
            show()
        except BaseException as crash:  # noqa: BLE001  handed to the app, which raises it
            self._app.post_message(Crashed(crash))

    # -- what is there now --------------------------------------------------------------------

    def _ask(self) -> None:
        from pgtopo.session import open_held
        from pgtopo.sources.write import packed_snapshot

        collected = self._collected()
        if collected.is_cancelled and (self._shown is not None or not collected.rows):
            self._is_answered = True
            self._app.post_message(Unasked(self, None))
            return
        snapshot = packed_snapshot(
            collected.rows,
            coverage=collected.coverage,
            scope=collected.scope,
            created_at=collected.created_at,
        )
        look = Look(
            request=self.request,
            created_at=collected.created_at,
            fingerprint=_fingerprint(collected),
            snapshot=snapshot,
            is_stopped=collected.is_cancelled,
            open_parts=len(collected.gaps),
        )
        if not collected.is_cancelled:
            self._keep(look, len(collected.rows))
        shown = self._shown
        if shown is not None and shown.fingerprint == look.fingerprint:
            told = self._told(shown.topology, collected)
            self._app.post_message(self._answered(msgspec.structs.replace(look, told=told), None))
            return
        session = open_held(self.name, snapshot, settings=self._settings, notes=collected.notes)
        told = self._told(session.topology, collected, self._retraced(session))
        self._show(session, partial(self._answered, msgspec.structs.replace(look, told=told)))

    def _answered(self, look: Look, desk: Desk | None) -> LookOpened:
        self._is_answered = True
        return LookOpened(self, look, desk)

    def _collected(self) -> Collected:
        from pgtopo.sources.azure.collect import collect

        with self._continued() as request:
            return collect(
                request, self.hear, self._stop, show_code=self.take_code, timing=self._timing
            )

    @contextmanager
    def _continued(self) -> Iterator[Request]:
        """The request; where only missing parts are wanted, it names what is there already."""
        if not self._retried:
            yield self.request
            return
        with ExitStack() as stack:
            try:
                path = self._put_down(stack)
            except OSError as failure:
                told = f"what is there already cannot be put down: {failure.strerror}"
                raise UsageError(told, "make room in the folder for temporary files") from None
            yield msgspec.structs.replace(self.request, resume=path)

    def _put_down(self, stack: ExitStack) -> str:
        """Where the rows are that are there already, in a file that goes again."""
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pgtopo-"))
        path = Path(folder) / "before.json.zst"
        path.write_bytes(self._retried)
        return str(path)

    def hear(self, progress: Progress) -> None:
        """Take in how far the asking is."""
        self.progress = progress
        self._app.post_message(Heard(self))

    def take_code(self, code: DeviceCode) -> None:
        """Take in what the user has to type to log in."""
        self.code = code
        self._app.post_message(Heard(self))

    def _keep(self, look: Look, rows: int) -> None:
        from pgtopo.sources.cache.store import About, Kept

        about = About(
            request=self.request,
            created_at=look.created_at,
            label=self.name,
            rows=rows,
            size=len(look.snapshot),
            fingerprint=look.fingerprint,
        )
        self._store.put(Kept(about=about, snapshot=look.snapshot))

    # -- what to tell -------------------------------------------------------------------------

    def _told(
        self, topology: Topology, collected: Collected, retraced: tuple[str, ...] = ()
    ) -> str:
        """What changed, what is missing, and what is wrong with the cache."""
        seconds = time.monotonic() - self._started
        parts = [f"Read {len(collected.rows):,} rows in {seconds:.1f} s"]
        if collected.is_cancelled:
            parts = [f"Stopped after {len(collected.rows):,} rows"]
        elif self._shown is not None:
            from pgtopo.views.live.since import since

            parts = [since(self._shown.topology, topology).text, *retraced]
        if collected.gaps and not collected.is_cancelled:
            missing = len({(gap.kind, gap.status) for gap in collected.gaps})
            parts.append(f"{count(missing, 'kind')} not read in full")
        if self._store.fault:
            parts.append(f"not kept for the next run: {self._store.fault}")
        return "; ".join(parts)

    def _retraced(self, session: Session) -> tuple[str, ...]:
        """Whether the path the user asked for is still what it was."""
        shown = self._shown
        if shown is None or shown.pair is None or not shown.pair.is_complete:
            return ()
        from pgtopo.session import Session as Asked

        client, server = shown.pair
        before = Asked(shown.topology, settings=session.facts.settings)
        try:
            was, now = (
                one.trace(client, server)[1].verdict.value.upper() for one in (before, session)
            )
        except PgtopoError:
            return ("an end of the path is gone",)
        same = f"the path is still {now}"
        return (same if was == now else f"the path is {now} now, was {was}",)


def _fingerprint(collected: Collected) -> str:
    """The same for two results with the same rows and statements."""
    import hashlib

    made = hashlib.sha256(msgspec.json.encode(collected.coverage))
    for row in collected.rows:
        made.update(row)
        made.update(b"\n")
    return made.hexdigest()
