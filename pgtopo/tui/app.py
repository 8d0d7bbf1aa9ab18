"""The application: holds one workbench, turns messages into its steps, and paints the result."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from pgtopo.model.settings import Settings
from pgtopo.tui import frame, layout
from pgtopo.tui.background import Background
from pgtopo.tui.bar import Bar
from pgtopo.tui.benches import has_changes, has_map, has_orders, has_triage
from pgtopo.tui.bindings import bindings
from pgtopo.tui.commands import Commands
from pgtopo.tui.comparing import Comparing
from pgtopo.tui.desktop import Desktop
from pgtopo.tui.keys import DIALOG, Where
from pgtopo.tui.line_list import LineList
from pgtopo.tui.live import AGING_S, Live, Setup
from pgtopo.tui.mapping import Mapping
from pgtopo.tui.paint import Painter
from pgtopo.tui.palette import tone_styles
from pgtopo.tui.pane import Pane
from pgtopo.tui.panes.document import Document
from pgtopo.tui.panes.start import StartList
from pgtopo.tui.themes import DEFAULT, THEMES
from pgtopo.tui.triaging import Triaging
from pgtopo.views.state import View

if TYPE_CHECKING:
    from pgtopo.sources.azure.request import Request
    from pgtopo.tui.live_opening import LookOpened
    from pgtopo.tui.opening import Opened
    from pgtopo.views.workbench import Workbench

_LISTS = {
    View.ESTATE: "tree",
    View.FINDINGS: "problems",
    View.REACH: "grid",
    View.NAMES: "grid",
    View.MAP: "map",
    View.TRIAGE: "triage",
    View.CHANGES: "changes",
}
"""The list at the left of each screen."""

REST_S = 0.05
"""How long a cursor rests before the details follow it: a key held down never waits for them."""


class PgtopoApp(Comparing, Triaging, Live, Mapping, App[None]):
    """The terminal interface."""

    TITLE = "pgtopo"
    COMMANDS = {Commands}  # noqa: RUF012  Textual's own declaration
    BINDINGS: ClassVar[list[BindingType]] = bindings(Where.ANYWHERE)
    ALLOW_SELECT = False

    def __init__(
        self,
        files: Sequence[str] = (),
        *,
        assume_complete: bool = False,
        theme: str = "",
        is_ascii: bool = False,
        offers: tuple[str, tuple[str, ...]] = ("", ()),
        verdicts: Settings | None = None,
        select: Sequence[str] = (),
        live: Setup | None = None,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        # Neither is ever shown here, and every screen would make and lay out widgets for them.
        self._disable_tooltips = self._disable_notifications = True
        self._files = tuple(files)
        self.assume_complete = assume_complete
        self._is_ascii = is_ascii
        self.offers = offers
        self.verdicts = verdicts
        self.select = tuple(select)
        self.live = live or Setup()
        self._is_furnished = False
        self._painters: dict[tuple[str, bool], Painter] = {}
        self.background = Background(self)
        self.grid_background = Background(self)
        for made in THEMES:
            self.register_theme(made)
        self.theme = theme if theme in self.available_themes else DEFAULT

    def get_default_screen(self) -> Desktop:
        """The screen everything is mounted on."""
        return Desktop(id="_default", classes="plain" if self._is_ascii else None)

    def compose(self) -> ComposeResult:
        """What shows while no estate is open."""
        yield Bar(id="where")
        yield Bar(id="banner")
        yield Bar(id="live")
        with Horizontal(id="body"):
            yield Pane(StartList(id="start"), id="start-pane")
            yield Pane(Document(id="notice"), id="notice-pane")
        yield Bar(id="status")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Open the files, or offer some."""
        self.theme_changed_signal.subscribe(self, lambda _theme: self.refresh(layout=True))
        self.set_interval(AGING_S, self.age)
        self.call_after_refresh(_collect_garbage_again)
        if self.live.first is not None:
            self.ask_azure(self.live.first)
        elif self._files:
            self.open(self._files)
        else:
            self.show_start()

    async def _on_opened(self, _message: Opened) -> None:
        """Have everything there before the estate is shown: called in front of `on_opened`."""
        await self.furnish()

    async def _on_look_opened(self, _message: LookOpened) -> None:
        """The same, for an estate that Azure told of."""
        await self.furnish()

    async def furnish(self) -> None:
        """Mount what shows once an estate is open, unless it is there.

        Every widget costs time that the first frame would wait for.
        """
        if self._is_furnished or not self.is_up:
            return
        self._is_furnished = True
        from pgtopo.tui import furniture

        main = self.screen_stack[0]
        with self.batch_update():
            await main.query_one("#body").mount(*furniture.panes())
            await main.mount(*furniture.lines(), before="#status")

    @property
    def painter(self) -> Painter:
        """The painter of the theme at hand."""
        key = (self.theme, self.is_veiled)
        known = self._painters.get(key)
        if known is None:
            styles = tone_styles(self.theme_variables)
            veil = self.veiled if self.is_veiled else None
            known = self._painters[key] = Painter(styles, is_ascii=self._is_ascii, veil=veil)
        return known

    # -- painting -----------------------------------------------------------------------------

    def paint(self) -> None:
        """Bring every visible part up to the workbench."""
        bench = self.bench
        if bench is None:
            return
        self._lay_out(bench)
        self._paint_list(bench)
        self._paint_frame(bench)
        self._paint_details()

    def repaint(self) -> None:
        """Paint everything anew: names may look otherwise now."""
        self.paint()
        for pane in self.query(LineList):
            pane.refresh()

    def _paint_list(self, bench: Workbench) -> None:
        if bench.view is View.ESTATE:
            self._paint_tree(bench)
        elif bench.view is View.FINDINGS:
            from pgtopo.tui.panes.problems import ProblemList

            problems = self.query_one("#problems", ProblemList)
            problems.show(bench.findings.rows, bench.findings.how, bench.findings.at)
        elif has_map(bench) and bench.is_on_map:
            self.paint_map(bench)
        elif has_triage(bench) and bench.is_on_triage:
            self.paint_triage(bench)
        elif has_changes(bench) and bench.is_on_changes:
            self.paint_changes(bench)
        else:
            from pgtopo.tui.panes.grid import GridList

            grid = self.query_one("#grid", GridList)
            work = bench.grid_work(grid.top, grid.size.height)
            if work is not None:
                self.grid_background.want(bench.desk, work)
            bench.moved_in_grid()
            grid.show(bench.grid, bench.view.label, self.grid_background.seconds)
            if grid.is_waiting:
                self.paint_while_waiting()

    def _paint_tree(self, bench: Workbench) -> None:
        if has_orders(bench):
            bench.take_tree()
            work = bench.tree_work()
            if work is not None:
                self.grid_background.want(bench.desk, work)
        from pgtopo.tui.panes.tree import TreeList

        self.query_one("#tree", TreeList).show(bench.tree)

    @cached_property
    def _panes(self) -> tuple[Pane, ...]:
        """Every pane of the main screen: there are always the same."""
        return tuple(self.screen_stack[0].query(Pane))

    def _lay_out(self, bench: Workbench) -> None:
        width, height = self.size
        is_map = bench.view is View.MAP
        shown = layout.panes(width, height, self.front, is_zoomed=self.is_zoomed, is_map=is_map)
        left = f"{_LISTS[bench.view]}-pane"
        names = {layout.LEFT: left, layout.RIGHT: "detail-pane", layout.SIDE: "side-pane"}
        wanted = {names[one] for one in shown}
        for pane in self._panes:
            pane.set_class(pane.id in wanted, "on")
            pane.set_class(len(wanted) == 1, "alone")
        self.screen.set_class(layout.SIDE in shown, "huge")

    def _paint_frame(self, bench: Workbench) -> None:
        badge = frame.copy_badge() if self.is_trying else self.badge
        width = self.size.width
        self.query_one("#where", Bar).show(*frame.header(bench, badge, width, self.veiled))
        self._paint_banner()
        self.query_one("#status", Bar).show(frame.status_line(bench.status(note=self.note), width))
        self.paint_keys()

    def paint_keys(self) -> None:
        """Name the keys of the dialog that is open, else of what has focus."""
        if not self.is_up:
            return
        keys = self.query_one("#keys", Bar)
        if len(self.screen_stack) > 1:
            keys.show(frame.dialog_line(getattr(self.screen, "KEYS", DIALOG)))
        else:
            where = self.bare_place if self.bench is None else self.place
            keys.show(frame.keys_line(where, self.size.width))

    def _paint_banner(self) -> None:
        banner = self.query_one("#banner", Bar)
        is_partial = bool(self.badge and self.badge.partial) and not self.is_banner_off
        banner.set_class(is_partial or self.is_trying, "on")
        banner.set_class(self.is_trying, "trying")
        if self.trial is not None and self.outlook is not None:
            banner.show(*frame.trial_banner(self.trial, self.outlook, self.size.width))
        elif is_partial and self.badge is not None:
            banner.show(frame.banner(self.badge))

    def _paint_details(self) -> None:
        bench = self.bench
        if bench is None:
            return
        page = bench.page()
        self.query_one("#detail", Document).show_detail(page)
        if page.work is not None:
            self.background.want(bench.desk, page.work)
        if self.query_one("#side-pane").has_class("on"):
            self.query_one("#side", Document).show_titled(*bench.side())

    def paint_around(self) -> None:
        """Bring frame and details up to a cursor once it rests."""
        self._stop_rest()
        self.rest = self.set_timer(REST_S, self.paint_rest)

    def paint_awaited(self) -> None:
        """Show at once what the list was waiting for."""
        self._stop_rest()
        self.paint_rest()

    def _stop_rest(self) -> None:
        if self.rest is not None:
            self.rest.stop()

    def paint_rest(self) -> None:
        """Bring everything up that followed the cursor later."""
        self.rest = None
        if self.bench is not None and self.is_up:
            if self.bench.view.is_drawn_behind or self.bench.view is View.ESTATE:
                self._paint_list(self.bench)
            self._paint_frame(self.bench)
            self._paint_details()

    # -- focus and leaving --------------------------------------------------------------------

    def front_list(self) -> LineList:
        """The list at the left of the screen one is on."""
        if self.bench is None:
            return self.query_one(
                "#start" if self.bare_place is Where.START else "#notice", LineList
            )
        return self.query_one(f"#{_LISTS[self.bench.view]}", LineList)

    def focus_front(self) -> None:
        """Give focus to the pane in front."""
        names = {layout.RIGHT: "#detail", layout.SIDE: "#side"}
        name = names.get(self.front)
        wanted = self.query_one(name, LineList) if name else self.front_list()
        if not wanted.has_focus:
            # At once: a key that waits already may open a line, which must keep the focus then.
            wanted.screen.set_focus(wanted, scroll_visible=False)

    @property
    def _has_partial_banner(self) -> bool:
        return self.query_one("#banner").has_class("on") and not self.is_trying

    def action_cancel(self) -> None:
        """Cancel what runs, else one step back."""
        if self.take_back():
            return
        if self.opening is not None and self.opening.is_running and self.bench is None:
            self.opening.cancel()
        elif self.bench is None:
            self.show_start()
        elif self._has_partial_banner and not self.bench.sieve:
            self.is_banner_off = True
            self.paint()
        else:
            self.step_back()


def _collect_garbage_again() -> None:
    """What there is when the first frame is drawn stays till the end."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def run(
    files: Sequence[str],
    *,
    assume_complete: bool = False,
    request: Request | None = None,
    is_kept: bool = True,
    triage: str = "",
) -> int:
    """Open the interface and stay until it is left; returns the exit code.

    It opens on files, on what Azure answers to a request, or on its start screen; results are
    kept for the next run where `is_kept` says so.
    """
    from pgtopo.tui.leaving import leave
    from pgtopo.tui.opening import SWITCH_S
    from pgtopo.tui.start_up import app_for

    sys.setswitchinterval(SWITCH_S)
    app = app_for(files, assume_complete=assume_complete, request=request, is_kept=is_kept)
    app.triage_file = triage
    app.run()
    leave(app.return_code or app.failure)
